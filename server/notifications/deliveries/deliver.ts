import { toPlain } from '@/lib/comments/mentions';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { usualChoice } from '@/lib/notifications/choices';
import { openConnection, openServer } from '@/server/connections/open-connection';
import { sendMail } from '@/server/mail/send-mail';
import type { Services } from '@/server/services';
import { choicesOf, settingOf } from '../settings/settings-store';
import { namesOf } from '../store';
import { type Due, dropDelivery, endDelivery, letterFor, postpone } from './delivery-store';
import { mailOf } from './letter';

export type Deliverer = Pick<Services, 'pool' | 'vault' | 'egress' | 'bus' | 'log' | 'config'>;

/** Waits before another attempt, in seconds; after the last one it is given up. */
const waits = [30, 120, 600, 3_600, 21_600];
const timeoutMs = 20_000;

/** Sends one, and writes what came of it: sent, later again, or failed with why. */
export async function deliver(services: Deliverer, due: Due, signal: AbortSignal): Promise<void> {
  const { pool } = services;
  try {
    const send = due.channel === 'mail' ? sendLetter : sendEvent;
    const done = await send(services, due, signal);
    if (done === 'unwanted') await dropDelivery(pool, due);
    else await endDelivery(pool, due, 'sent', null);
  } catch (error) {
    // The lease ends by itself, and another process goes on.
    if (signal.aborted) return;
    if (!StepError.isInstance(error)) {
      services.log.error({ err: error, delivery: due.id }, 'a notification could not be sent');
    }
    const known = StepError.isInstance(error);
    const why = known ? error.message : 'Something unexpected went wrong. See the server’s log.';
    const wait = waits[due.attempts - 1];
    if ((known && !error.retryable) || wait === undefined) {
      await endDelivery(pool, due, 'failed', why);
    } else await postpone(pool, due, wait, why);
  }
}

/** `unwanted`: the person left, chose otherwise, has read it, or what it is about is gone. */
async function sendLetter(
  { pool, vault, egress, config }: Deliverer,
  due: Due,
  signal: AbortSignal,
): Promise<'sent' | 'unwanted'> {
  const { workspaceId, userId } = due;
  const letter = await letterFor(pool, due);
  if (letter === undefined || userId === null) return 'unwanted';
  const { kind, body, mentions, read, workflowId } = letter;
  if (due.event !== 'test') {
    if (kind === null || read || (workflowId === null && kind !== 'budget')) return 'unwanted';
    const chosen = (await choicesOf(pool, { userId, workspaceId })).find((c) => c.kind === kind);
    if (!(chosen ?? usualChoice(kind)).email) return 'unwanted';
  }
  const { mailConnection } = await settingOf(pool, workspaceId);
  if (mailConnection === null) return 'unwanted';
  const names = await namesOf(pool, mentions ?? []);
  const mail = mailOf(letter, toPlain(body ?? '', names), mailConnection, config.url);
  const asked = { workspaceId, workflowId: null, userId: null, name: mailConnection };
  const server = await openServer({ pool, vault }, asked, ['smtp']);
  try {
    const key = `notification ${due.id}`;
    const { rejected } = await sendMail(egress, server, mail, { key, signal });
    if (rejected.length === 0) return 'sent';
    throw new StepError('mail_refused', `The mail server does not take mail for ${letter.email}.`);
  } catch (error) {
    throw redacted(error, server.redact.text);
  }
}

/** A signed event, as a step *Send webhook* sends it. */
async function sendEvent(services: Deliverer, due: Due, signal: AbortSignal) {
  const { pool } = services;
  const { workspaceId, id, event, payload, createdAt } = due;
  const { webhook } = await settingOf(pool, workspaceId);
  const wanted = event === 'test' || webhook?.events.some((one) => one === event);
  if (webhook === null || !wanted) return 'unwanted';
  const asked = { workspaceId, workflowId: null, userId: null, name: webhook.connection };
  const { authorise, redact } = await openConnection(services, asked);
  const message = { type: event, timestamp: createdAt.toISOString(), data: payload };
  const key = `msg_${id}`;
  try {
    const { status } = await services.egress.request({
      ...{ method: 'POST', url: webhook.url, body: JSON.stringify(message), timeoutMs, signal },
      ...{ maxBytes: 65_536, authorise },
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': 'Ensemble-Webhook' },
        ...{ 'webhook-id': key, 'idempotency-key': key },
      },
    });
    if (status >= 200 && status < 300) return 'sent';
    const retryable = status >= 500 || status === 408 || status === 425 || status === 429;
    throw new StepError('unexpected_status', `The receiver answered with ${status}.`, {
      retryable,
    });
  } catch (error) {
    throw redacted(error, redact.text);
  }
}

/** Without the secret, which a server may have repeated. */
function redacted(error: unknown, text: (text: string) => string): unknown {
  if (!StepError.isInstance(error)) return error;
  const { code, message, retryable } = error;
  return new StepError(code, text(message), { retryable: retryable && code !== 'outcome_unknown' });
}

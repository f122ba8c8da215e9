import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import type { Reply } from '@/lib/messages/calls';
import type { replyToMessage as contract } from '@/lib/messages/contract';
import { replyChannel, replyEvent } from '@/lib/messages/reply-wait';
import { messageSchema, type Sender } from '@/lib/messages/schema';
import type { Actor } from '@/lib/people/schema';
import { sendEvent } from '@/server/events/send-event';
import type { Services } from '@/server/services';
import { endForPerson } from './delivery-store';
import { findMail, type MailOfRun } from './mail-of-run';
import { send } from './send-messages';
import { noteAnswered } from './tasks/task-store';
import { tellMessages } from './tell';

type Needs = Pick<Services, 'pool' | 'bus' | 'engine' | 'log'>;
type Answer = {
  workspaceId: string;
  sender: Sender;
  senderKey: string;
  body: unknown;
  /** The same key is the same reply. */
  key: string | undefined;
};
type Sent = { id: string | null; to: 'mailbox' | 'step' };

/** Answers a message for a person, in whose mailbox it is done then. Throws `not_found`, and `conflict` where nobody waits or it was answered. */
export async function replyToMessage(
  services: Needs,
  { workspaceId, userId, name }: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const mail = await findMail(services.pool, workspaceId, params.id);
  if (mail === undefined) throw new AppError('not_found', 'This message does not exist.');
  const sent = await answer(services, mail, {
    ...{ workspaceId, senderKey: `person:${userId}`, body: body.body, key: body.dedupeKey },
    sender: { kind: 'person', id: userId, name },
  });
  await endForPerson(services.pool, {
    ...{ workspaceId, message: mail.id, personId: userId, reason: 'It was answered.' },
  });
  tellMessages(services.bus, workspaceId);
  return sent;
}

/** The same for whoever answers: to the step that waits, or into the mailbox of who sent it. */
export async function answer(services: Needs, mail: MailOfRun, given: Answer): Promise<Sent> {
  if (mail.reply === 'step') {
    await tellStep(services, given.workspaceId, mail.id, {
      ...{ ok: true, body: given.body, from: given.sender },
    });
    return { id: null, to: 'step' };
  }
  const { pool, bus } = services;
  const { workspaceId, sender, senderKey, body, key } = given;
  const to = addressOf(mail.sender);
  const from = {
    ...{ workspaceId, sender, senderKey },
    after: { conversation: mail.conversation, hops: mail.hops + 1 },
  };
  const checked = messageSchema.safeParse({
    ...{ to, body, type: 'reply', replyTo: mail.id },
    ...(key === undefined ? {} : { dedupeKey: key }),
  });
  if (!checked.success) {
    const problem = checked.error.issues[0]?.message ?? 'is not valid';
    throw new AppError('invalid_input', `The reply ${problem}. Nothing was sent.`);
  }
  const [sent] = await send(pool, from, [checked.data]);
  await noteAnswered(pool, mail.id);
  tellMessages(bus, workspaceId);
  return { id: sent?.id ?? null, to: 'mailbox' };
}

function addressOf(sender: Sender) {
  if (sender.kind === 'person') return { person: sender.id };
  if (sender.agent !== undefined) return { agent: sender.agent };
  throw new AppError(
    'conflict',
    `“${sender.name}” sent this as a step of a workflow and waits for no reply. Nothing was sent.`,
  );
}

/** Tells a step what was answered, once: what comes later is refused, the same again changes nothing. */
export async function tellStep(
  services: Needs,
  workspaceId: string,
  message: string,
  reply: Reply,
): Promise<void> {
  const channel = replyChannel(message);
  const actor = {
    ...{ userId: 'messages', name: 'Messages', email: '' },
    ...{ role: 'editor' as const, workspaceId },
  };
  const payload = z.json().parse(replyEvent(message, reply));
  const request = { headers: new Headers({ 'idempotency-key': channel }) };
  try {
    await sendEvent(
      services,
      actor,
      { params: {}, query: {}, body: { channel, payload } },
      request,
    );
  } catch (error) {
    if (!isAppError(error) || error.code !== 'idempotency_mismatch') throw error;
    await noteAnswered(services.pool, message);
    throw new AppError('conflict', 'This message was answered before. Nothing was sent.');
  }
  await noteAnswered(services.pool, message);
}

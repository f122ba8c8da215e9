import { isAppError } from '@/lib/api/errors';
import type { MessageAnswer, MessageCall } from '@/lib/messages/calls';
import { messageSchema, type Sender } from '@/lib/messages/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { claim, holdMailboxes, promote, settle } from './delivery-store';
import { findMail, mailOfRun } from './mail-of-run';
import { deliveriesOf, receivedBy } from './read-store';
import { answer } from './reply';
import { mailboxFor, send } from './send-messages';
import { tellMessages } from './tell';
import { subscribeAgent } from './topics/subscriptions';

type Asking = { workspaceId: string; sender: Sender & { kind: 'run' }; key: string };

/**
 * What a step asks of messages, done once for all its attempts: what it sends is one message under its key, and what it
 * receives is found again by it. Throws `StepError`.
 */
export async function callMessages(
  services: Pick<Services, 'pool' | 'bus' | 'engine' | 'log'>,
  { workspaceId, sender, key }: Asking,
  call: MessageCall,
): Promise<MessageAnswer> {
  const { pool, bus } = services;
  try {
    if (call.do === 'receive') return await receive({ pool, bus }, workspaceId, key, call);
    if (call.do === 'subscribe') {
      if (sender.agent === undefined) {
        throw new StepError('recipient_missing', 'Only an agent subscribes to topics itself.');
      }
      const { topic, on } = call;
      await subscribeAgent({ pool, bus }, workspaceId, { handle: sender.agent, topic, on });
      return { recipients: 0, messages: [] };
    }
    const began = await mailOfRun(pool, sender.runId);
    if (call.do === 'reply') {
      const mail =
        call.message === undefined ? began : await findMail(pool, workspaceId, call.message);
      if (mail === undefined) throw new StepError('message_missing', missing(call.message));
      const given = {
        workspaceId,
        sender,
        senderKey: 'steps',
        body: call.body,
        key: key.slice(-150),
      };
      const { id } = await answer(services, mail, given);
      return { recipients: 1, messages: [], ...(id === null ? {} : { id }) };
    }
    const { to, type, body, priority, orderKey, expiresInSeconds, reply } = call;
    const checked = messageSchema.safeParse({
      ...{ to, type, body, priority, dedupeKey: key.slice(-200) },
      ...(orderKey === undefined ? {} : { orderKey }),
      ...(reply === undefined ? {} : { wantsReply: true }),
      ...(expiresInSeconds === undefined
        ? {}
        : { expiresAt: new Date(Date.now() + expiresInSeconds * 1_000).toISOString() }),
    });
    if (!checked.success) {
      throw new StepError(
        'invalid_value',
        `The message ${checked.error.issues[0]?.message ?? 'is not valid'}.`,
      );
    }
    const from = {
      ...{ workspaceId, sender, senderKey: 'steps', awaits: reply === 'step' },
      after: began && { conversation: began.conversation, hops: began.hops + 1 },
    };
    const [sent] = await send(pool, from, [checked.data]);
    tellMessages(bus, workspaceId);
    if (sent === undefined) throw new Error('a message was neither sent nor refused');
    const { id, recipients, duplicate } = sent;
    return { id, recipients, messages: [], ...(duplicate ? { before: true } : {}) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const full = error.code === 'too_many_requests';
    const code =
      error.code === 'not_found' ? 'recipient_missing' : full ? 'mailbox_full' : 'message_refused';
    throw new StepError(code, error.message, { retryable: full, noEffect: true });
  }
}

const missing = (id: string | undefined): string =>
  id === undefined
    ? 'No message began this task: say which message is answered.'
    : `There is no message ${id} here. Nothing was sent.`;

async function receive(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  workspaceId: string,
  holder: string,
  { from, limit }: Extract<MessageCall, { do: 'receive' }>,
): Promise<MessageAnswer> {
  const mailbox = await mailboxFor(pool, workspaceId, from);
  if (mailbox === null) throw new Error('a step received from nobody');
  const earlier = await receivedBy(pool, workspaceId, holder);
  // Taken and ended in one commit: the step's output has them from then on.
  const taken =
    earlier.length > 0
      ? earlier
      : await transaction(pool, async (client) => {
          await holdMailboxes(client, [mailbox.id]);
          const given = { mailbox: mailbox.id, limit, holder, leaseSeconds: 60 };
          const claimed = await claim(client, workspaceId, given);
          const items = claimed.map(({ mailId, attempt }) => ({
            ...{ message: mailId, mailbox: mailbox.id, attempt, end: 'done' as const, delayMs: 0 },
          }));
          await settle(client, workspaceId, holder, items);
          await promote(client, [mailbox.id]);
          return claimed.map(({ mailId }) => mailId);
        });
  tellMessages(bus, workspaceId);
  const asked = { personId: '', mailbox: mailbox.id, messages: taken, limit };
  const found = taken.length === 0 ? [] : await deliveriesOf(pool, workspaceId, asked);
  const messages = found
    .toSorted((one, other) => taken.indexOf(one.message) - taken.indexOf(other.message))
    .map(({ message, type, body, sender, sentAt }) => ({ message, type, body, sender, sentAt }));
  return { recipients: 0, messages, ...(earlier.length > 0 ? { before: true } : {}) };
}

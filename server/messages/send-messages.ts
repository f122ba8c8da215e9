import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { sendMessages as contract } from '@/lib/messages/contract';
import {
  type Address,
  defaultExpirySeconds,
  maxWaiting,
  type NewMessage,
  priorities,
  type Sender,
} from '@/lib/messages/schema';
import { patternsOf } from '@/lib/messages/topics';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { holdMailboxes, waitingIn } from './delivery-store';
import { holdPools, insertMail, type MailRow, type Sent } from './mail-store';
import {
  findMailbox,
  findPeople,
  hasOwner,
  insertMailbox,
  type MailboxRecord,
} from './mailbox-store';
import { tellMessages } from './tell';

export type SenderOf = {
  workspaceId: string;
  sender: Sender;
  senderKey: string;
  /** What it follows from: a message that began the task in which this one is sent, or that this one answers. */
  after?: { conversation: string; hops: number } | undefined;
  /** It is the step itself that waits for a reply. */
  awaits?: boolean;
};

/** Sends messages, all or none. Throws `not_found` for an unknown recipient, `too_many_requests` for a full mailbox. */
export async function sendMessages(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, userId, name }: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const from = {
    ...{ workspaceId, senderKey: `person:${userId}` },
    sender: { kind: 'person' as const, id: userId, name },
  };
  const items = await send(pool, from, Array.isArray(body) ? body : [body]);
  tellMessages(bus, workspaceId);
  return { items };
}

/** The same for whoever sends. */
export async function send(
  pool: Pool,
  from: SenderOf,
  messages: readonly NewMessage[],
): Promise<Sent[]> {
  const rows: MailRow[] = [];
  const pools = new Set<string>();
  const known = new Map<string, MailboxRecord | null>();
  for (const [place, message] of messages.entries()) {
    const called = JSON.stringify(message.to);
    // Many messages of one request often have one recipient.
    const mailbox = known.get(called) ?? (await mailboxFor(pool, from.workspaceId, message.to));
    const isFirst = !known.has(called);
    if (mailbox !== null && isFirst && message.priority !== 'critical') {
      await requireRoom(pool, mailbox);
    }
    if (message.priority !== 'critical') known.set(called, mailbox);
    if (mailbox?.kind === 'pool') pools.add(mailbox.id);
    rows.push(rowOf(from, message, place, mailbox?.id ?? null));
  }
  const ordered = rows.filter(({ orderKey }) => orderKey !== null);
  if (ordered.length === 0 && pools.size < 2) return insertMail(pool, from, rows);
  return transaction(pool, async (client) => {
    await holdMailboxes(
      client,
      ordered.flatMap(({ mailbox }) => mailbox ?? []),
    );
    if (pools.size > 1) await holdPools(client, [...pools]);
    return insertMail(client, from, rows);
  });
}

function rowOf(
  { after, awaits }: SenderOf,
  message: NewMessage,
  place: number,
  mailbox: string | null,
): MailRow {
  const { to, type, body, priority, dedupeKey, orderKey, dueAt, expiresAt, replyTo } = message;
  const expires =
    expiresAt === undefined
      ? new Date(Date.now() + defaultExpirySeconds * 1_000).toISOString()
      : expiresAt;
  if (orderKey !== undefined && mailbox === null) {
    throw new AppError('invalid_input', 'orderKey: a message to all or to a topic has no order.');
  }
  const id = randomUUID();
  return {
    ...{ id, place, address: to, type, body, mailbox, expires },
    usual: expiresAt === undefined,
    patterns: 'topic' in to ? patternsOf(to.topic) : null,
    priority: priorities.indexOf(priority),
    ...{ dedupe: dedupeKey ?? null, orderKey: orderKey ?? null },
    ...{ due: dueAt ?? null, replyTo: replyTo ?? null },
    ...{ conversation: after?.conversation ?? id, hops: after?.hops ?? 0 },
    reply: awaits ? 'step' : message.wantsReply ? 'mailbox' : null,
  };
}

/** The mailbox of a recipient, which begins with its first message; null for all and for topics. */
export async function mailboxFor(
  pool: Pool,
  workspaceId: string,
  to: Address,
): Promise<MailboxRecord | null> {
  if ('all' in to || 'topic' in to) return null;
  const [kind, name] =
    'agent' in to
      ? (['agent', to.agent.replace(/^@/, '')] as const)
      : 'person' in to
        ? (['person', await personCalled(pool, workspaceId, to.person)] as const)
        : (['pool', to.pool] as const);
  const found = await findMailbox(pool, workspaceId, { kind, name });
  if (found !== undefined) return found;
  if (kind !== 'pool' && (await hasOwner(pool, workspaceId, kind, name))) {
    await insertMailbox(pool, workspaceId, kind, name);
    const made = await findMailbox(pool, workspaceId, { kind, name });
    if (made !== undefined) return made;
  }
  throw new AppError('not_found', `There is no ${kind} "${name}" here. Nothing was sent.`);
}

/** The id of a member by id, email address or name; what fits nobody stays as it is. */
async function personCalled(pool: Pool, workspaceId: string, called: string): Promise<string> {
  const [first, second] = await findPeople(pool, workspaceId, called);
  if (first === undefined) return called;
  if (first.rank === second?.rank) {
    const message = `Several people here are called "${called}". Use an email address. Nothing was sent.`;
    throw new AppError('invalid_input', message);
  }
  return first.id;
}

async function requireRoom(pool: Pool, { id, title }: MailboxRecord): Promise<void> {
  if ((await waitingIn(pool, id)) < maxWaiting) return;
  const message = `${maxWaiting} messages wait for ${title} already. Nothing was sent: try again later.`;
  throw new AppError('too_many_requests', message, { reason: 'mailbox_full' });
}

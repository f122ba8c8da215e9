import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { poolContracts } from './pool-contract';
import {
  bodySchema,
  deliveryEnds,
  deliverySchema,
  mailboxSchema,
  maxSent,
  messageSchema,
  openStates,
  poolNameSchema,
  settlements,
} from './schema';
import { messageStatsSchema } from './stats';
import { topicContracts } from './topic-contract';

const tag = 'Messages';
const params = z.strictObject({ id: z.uuid() });

export const sendMessages = defineRoute({
  id: 'messages.send',
  method: 'POST',
  path: '/messages',
  summary:
    'Send one message, or a list of them: to an agent, a person, a pool, whoever subscribes to a topic, or all. The answer comes after the commit; a repeat under one dedupe key gives the first one’s id.',
  tag,
  permission: 'messages.write',
  body: z.union([messageSchema, z.array(messageSchema).min(1).max(maxSent)]),
  result: z.strictObject({
    items: z.array(z.strictObject({ id: z.uuid(), recipients: z.int(), duplicate: z.boolean() })),
  }),
  status: 201,
});
export const getMessage = defineRoute({
  id: 'messages.get',
  method: 'GET',
  path: '/messages/{id}',
  summary: 'A message with all its deliveries, open and ended.',
  tag,
  permission: 'messages.read',
  params,
  result: z.strictObject({ deliveries: z.array(deliverySchema) }),
});
export const messageStats = defineRoute({
  id: 'messages.stats',
  method: 'GET',
  path: '/messages/stats',
  summary:
    'How many deliveries wait, are held, and how all others ended: their sum is what was sent. How the last day went, by hour, mailbox, type and priority.',
  tag,
  permission: 'messages.read',
  result: messageStatsSchema,
});
export const listMailboxes = defineRoute({
  id: 'messages.list-mailboxes',
  method: 'GET',
  path: '/mailboxes',
  summary:
    'Mailboxes with what waits in them. Those of agents and people begin with their first message.',
  tag,
  permission: 'messages.read',
  result: z.strictObject({ items: z.array(mailboxSchema) }),
});
export const createPool = defineRoute({
  id: 'messages.create-pool',
  method: 'POST',
  path: '/mailboxes',
  summary: 'Create a pool: a mailbox from which whoever is free takes the next message.',
  tag,
  permission: 'messages.write',
  body: z.strictObject({ name: poolNameSchema }),
  result: mailboxSchema,
  status: 201,
});
export const updateMailbox = defineRoute({
  id: 'messages.update-mailbox',
  method: 'PATCH',
  path: '/mailboxes/{id}',
  summary:
    'Pause a mailbox, or let it go on; say whether messages become tasks of its agent. While it is paused, messages wait.',
  tag,
  permission: 'messages.write',
  params,
  body: z
    .strictObject({ paused: z.boolean().optional(), startsTasks: z.boolean().optional() })
    .refine((body) => Object.keys(body).length > 0, 'set paused or startsTasks'),
  result: mailboxSchema,
});
export const listDeliveries = defineRoute({
  id: 'messages.list-deliveries',
  method: 'GET',
  path: '/mailboxes/{id}/messages',
  summary:
    'Messages of a mailbox in a state: those that wait in their order, ended ones the newest first.',
  tag,
  permission: 'messages.read',
  params,
  query: z.strictObject({
    state: z.enum([...openStates, ...deliveryEnds]).default('waiting'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  result: z.strictObject({ items: z.array(deliverySchema) }),
});
export const replyToMessage = defineRoute({
  id: 'messages.reply',
  method: 'POST',
  path: '/messages/{id}/reply',
  summary:
    'Answer a message: the reply goes to the sender’s mailbox, or to the step that waits for it. A repeat under one dedupe key is the same reply.',
  tag,
  permission: 'messages.write',
  params,
  body: z.strictObject({ body: bodySchema, dedupeKey: z.string().min(1).max(150).optional() }),
  result: z.strictObject({ id: z.uuid().nullable(), to: z.enum(['mailbox', 'step']) }),
  status: 201,
});
export const countNewMessages = defineRoute({
  id: 'messages.count-new',
  method: 'GET',
  path: '/messages/new-count',
  summary: 'Number of messages in your own mailbox that wait for you, up to 100.',
  tag,
  permission: 'messages.read',
  result: z.strictObject({ new: z.int() }),
});
export const finishMessage = defineRoute({
  id: 'messages.finish',
  method: 'POST',
  path: '/messages/{id}/done',
  summary:
    'Mark a message in your own mailbox as done. A repeat changes nothing; one that a program has taken is a conflict.',
  tag,
  permission: 'messages.read',
  params,
  result: z.strictObject({ done: z.literal(true) }),
});
const claimedSchema = z.strictObject({ delivery: deliverySchema, attempt: z.int() });
export const claimMessages = defineRoute({
  id: 'messages.claim',
  method: 'POST',
  path: '/mailboxes/{id}/claim',
  summary:
    'Take the next messages of a mailbox to work on, for agents elsewhere. Each must be settled before the lease ends, else it goes back.',
  tag,
  permission: 'messages.write',
  params,
  body: z.strictObject({
    limit: z.int().min(1).max(100).default(1),
    leaseSeconds: z.int().min(5).max(3_600).default(60),
    holder: z.string().min(1).max(100),
  }),
  result: z.strictObject({ items: z.array(claimedSchema) }),
});
export const settleDeliveries = defineRoute({
  id: 'messages.settle',
  method: 'POST',
  path: '/deliveries/settle',
  summary:
    'Say what became of messages that were taken: `done`, `fail` (tried again, dead after five), `undo` (does not count) or `poison` (dead now). What is not held any more is not settled.',
  tag,
  permission: 'messages.write',
  body: z.strictObject({
    holder: z.string().min(1).max(100),
    items: z
      .array(
        z.strictObject({
          message: z.uuid(),
          mailbox: z.uuid(),
          attempt: z.int().min(1),
          end: z.enum(settlements),
          error: z.string().max(4_000).optional(),
        }),
      )
      .min(1)
      .max(maxSent),
  }),
  result: z.strictObject({ settled: z.int(), lost: z.int() }),
});
export const redriveDead = defineRoute({
  id: 'messages.redrive',
  method: 'POST',
  path: '/dead-letters/redrive',
  summary: 'Send dead or expired messages again: one, those of a mailbox, or all.',
  tag,
  permission: 'messages.write',
  body: z.strictObject({ message: z.uuid().optional(), mailbox: z.uuid().optional() }),
  result: z.strictObject({ redriven: z.int() }),
});
export const messageContracts = [
  countNewMessages,
  finishMessage,
  sendMessages,
  getMessage,
  messageStats,
  listMailboxes,
  createPool,
  updateMailbox,
  listDeliveries,
  replyToMessage,
  claimMessages,
  settleDeliveries,
  redriveDead,
  ...poolContracts,
  ...topicContracts,
];

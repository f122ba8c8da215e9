import { z } from 'zod';
import { checkJson } from '@/lib/api/json/check-json';
import { nameSchema } from '@/lib/names/schema';
import { topicSchema } from './topics';

/** From the most urgent on; stored as its place in this list. */
export const priorities = ['critical', 'urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const mailboxKinds = ['person', 'agent', 'pool'] as const;
export type MailboxKind = (typeof mailboxKinds)[number];

/** Characters of a body as JSON, messages of one request, and what may wait in a mailbox. */
export const maxBody = 65_536;
export const maxSent = 100;
export const maxWaiting = 10_000;
/** Failures after which a delivery is dead. */
export const maxFailures = 5;
export const defaultExpirySeconds = 86_400;
/** How often agents may pass on what follows from one message, and how many messages may follow from it. */
export const maxHops = 8;
export const maxConversation = 100;
/** Tasks that messages may have begun of one agent at once, unless its limits say otherwise. */
export const usualTasksAtOnce = 3;

export const bodySchema = z.json().superRefine((value, to) => {
  const fault = checkJson(value);
  const { length } = JSON.stringify(value);
  const message = fault?.message ?? (length > maxBody ? `has more than ${maxBody} characters` : '');
  if (message !== '') to.addIssue({ code: 'custom', message });
});

const name = z.string().trim().min(1).max(100);
/** Whom a message is for. */
export const addressSchema = z.union([
  z.strictObject({ agent: name }),
  z.strictObject({ person: name }),
  z.strictObject({ pool: name }),
  z.strictObject({ topic: topicSchema }),
  z.strictObject({ all: z.literal(true) }),
]);
export type Address = z.infer<typeof addressSchema>;

export const messageSchema = z.strictObject({
  to: addressSchema,
  type: z.string().trim().min(1).max(100).default('message'),
  body: bodySchema,
  priority: z.enum(priorities).default('normal'),
  /** The same key of the same sender is the same message. */
  dedupeKey: z.string().min(1).max(200).optional(),
  /** Of one key, the next is given out after the one before has ended. */
  orderKey: z.string().min(1).max(200).optional(),
  dueAt: z.iso.datetime().optional(),
  /** Without one after a day; null for never. */
  expiresAt: z.iso.datetime().nullable().optional(),
  /** The message that this one answers. */
  replyTo: z.uuid().optional(),
  /** What its reader answers comes back to the sender's mailbox. */
  wantsReply: z.boolean().default(false),
});
export type NewMessage = z.infer<typeof messageSchema>;

export const poolNameSchema = nameSchema(100);

export const senderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: z.string(), name: z.string() }),
  z.strictObject({
    kind: z.literal('run'),
    runId: z.uuid(),
    stepId: z.string(),
    name: z.string(),
    /** Handle of the agent that sent it with its tool. */
    agent: z.string().optional(),
    /** What the step had read by then, which the message may carry on. */
    outside: z.literal(true).optional(),
    private: z.literal(true).optional(),
  }),
]);
export type Sender = z.infer<typeof senderSchema>;

export const openStates = ['waiting', 'behind', 'held'] as const;
export const deliveryEnds = ['done', 'dead', 'expired', 'cancelled'] as const;

/** How whoever held a delivery gives it back. `undo` does not count; `poison` is never tried again. */
export const settlements = ['done', 'fail', 'undo', 'poison'] as const;
export type Settlement = (typeof settlements)[number];

const iso = z.iso.datetime();
const count = z.int();
export const countsSchema = z.strictObject({
  waiting: count,
  behind: count,
  held: count,
  done: count,
  dead: count,
  expired: count,
  cancelled: count,
});
export type Counts = z.infer<typeof countsSchema>;

export const mailboxSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(mailboxKinds),
  name: z.string(),
  title: z.string(),
  paused: z.boolean(),
  /** Of an agent: each message becomes a task of it. Off: programs elsewhere take them. */
  startsTasks: z.boolean(),
  counts: countsSchema,
});
export type MailboxView = z.infer<typeof mailboxSchema>;

export const deliverySchema = z.strictObject({
  message: z.uuid(),
  mailbox: z.uuid(),
  mailboxTitle: z.string(),
  /** The mailbox is that of who asks. */
  yours: z.boolean(),
  state: z.enum([...openStates, ...deliveryEnds]),
  /** Why it ended so, or what went wrong last. */
  reason: z.string(),
  attempts: z.int(),
  redriven: z.int(),
  type: z.string(),
  priority: z.enum(priorities),
  sender: senderSchema,
  /** To whom it was sent; the mailbox is one of those that this came to. */
  to: addressSchema,
  /** The agent that a pool gave it to, and why that one. */
  agent: z.strictObject({ handle: z.string(), name: z.string() }).nullable(),
  choice: z.string(),
  body: z.json(),
  /** The task that works on it, or did. */
  runId: z.uuid().nullable(),
  replyTo: z.uuid().nullable(),
  wantsReply: z.boolean(),
  answered: z.boolean(),
  sentAt: iso,
  dueAt: iso.nullable(),
  endedAt: iso.nullable(),
});
export type DeliveryView = z.infer<typeof deliverySchema>;

/** Milliseconds until the next try: anything up to a limit that doubles, so that many do not come at once. */
export const retryDelayMs = (failures: number, chance: number): number =>
  Math.round(chance * Math.min(1_000 * 2 ** failures, 300_000));

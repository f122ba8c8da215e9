import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { mailboxKinds } from './schema';
import { topicPatternSchema } from './topics';

const tag = 'Messages';
const name = z.string().trim().min(1).max(100);

const subscriptionSchema = z.strictObject({
  id: z.uuid(),
  topic: z.string(),
  mailbox: z.uuid(),
  kind: z.enum(mailboxKinds),
  name: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
});

/** Who gets messages of a topic: an agent, a pool, or oneself. */
const subscriberSchema = z.union([
  z.strictObject({ agent: name }),
  z.strictObject({ pool: name }),
  z.strictObject({ me: z.literal(true) }),
]);
export type Subscriber = z.infer<typeof subscriberSchema>;

export const listSubscriptions = defineRoute({
  id: 'messages.list-subscriptions',
  method: 'GET',
  path: '/subscriptions',
  summary: 'Which agents and pools, and you yourself, get messages of which topics.',
  tag,
  permission: 'messages.read',
  result: z.strictObject({ items: z.array(subscriptionSchema) }),
});
export const subscribe = defineRoute({
  id: 'messages.subscribe',
  method: 'POST',
  path: '/subscriptions',
  summary:
    'Have messages of a topic come into a mailbox, from those on that are sent after this. `*` stands for one part of a topic, `>` at its end for all that follows. The same again changes nothing.',
  tag,
  permission: 'messages.write',
  body: z.strictObject({ topic: topicPatternSchema, to: subscriberSchema }),
  result: subscriptionSchema,
  status: 201,
});
export const unsubscribe = defineRoute({
  id: 'messages.unsubscribe',
  method: 'DELETE',
  path: '/subscriptions/{id}',
  summary: 'End a subscription. What has come already stays.',
  tag,
  permission: 'messages.write',
  params: z.strictObject({ id: z.uuid() }),
  result: z.strictObject({ id: z.uuid() }),
});
export const topicContracts = [listSubscriptions, subscribe, unsubscribe];

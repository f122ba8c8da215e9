import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { linkTokenSchema } from '@/lib/triggers/link';

const params = z.strictObject({ token: linkTokenSchema });
const tag = 'Shared chats';

/** The header by which a browser shows whose conversation it asks for: 32 bytes that it made by chance. */
export const visitorHeader = 'x-visitor';
export const visitorSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A message as a visitor sees it. Of an answer nothing is told but its text and how it stands. */
export const visitorMessageSchema = z.strictObject({
  id: z.uuid(),
  by: z.enum(['visitor', 'chat']),
  text: z.string(),
  state: z.enum(['writing', 'waiting', 'done', 'stopped', 'failed']),
  /** What to name when asking about an answer that failed. */
  reference: z.string(),
});
export type VisitorMessage = z.infer<typeof visitorMessageSchema>;

export const sharedChatSchema = z.strictObject({
  name: z.string(),
  greeting: z.string(),
  /** Whether it answers just now. */
  open: z.boolean(),
  messages: z.array(visitorMessageSchema),
});
export type SharedChat = z.infer<typeof sharedChatSchema>;

export const showSharedChat = defineRoute({
  id: 'shared-chats.get',
  method: 'GET',
  path: '/shared-chats/{token}',
  summary:
    'A chat that was shared by link, and the conversation of the visitor whom the header `x-visitor` names.',
  tag,
  permission: 'anyone',
  params,
  result: sharedChatSchema,
});
export const writeToSharedChat = defineRoute({
  id: 'shared-chats.post',
  method: 'POST',
  path: '/shared-chats/{token}/messages',
  summary:
    'Write as the visitor whom the header `x-visitor` names. The same key again is the same message.',
  tag,
  permission: 'anyone',
  params,
  body: z.strictObject({ text: z.string().trim().min(1).max(10_000), key: z.uuid() }),
  result: z.strictObject({ message: visitorMessageSchema, answer: visitorMessageSchema }),
  status: 202,
});
export const followSharedChat = defineRoute({
  id: 'shared-chats.follow',
  method: 'GET',
  path: '/shared-chats/{token}/answer',
  summary:
    'The text of the answer that is being written, as it comes: lines of JSON with `at` and `text`. Ends with the answer.',
  tag,
  permission: 'anyone',
  params,
  result: z.unknown(),
});
export const stopSharedChat = defineRoute({
  id: 'shared-chats.stop',
  method: 'POST',
  path: '/shared-chats/{token}/stop',
  summary: 'Stop the answer that is being written to this visitor.',
  tag,
  permission: 'anyone',
  params,
  result: z.strictObject({ stopped: z.int() }),
});
export const sharedChatContracts = [
  showSharedChat,
  writeToSharedChat,
  followSharedChat,
  stopSharedChat,
];

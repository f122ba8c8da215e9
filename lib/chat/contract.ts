import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { callSchema, failureSchema, runStatuses } from '@/lib/runs/schema';

const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const tag = 'Chat';

export const threadSchema = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  agentId: z.uuid().nullable(),
  agentName: z.string(),
  createdAt: iso,
  updatedAt: iso,
});
export type Thread = z.infer<typeof threadSchema>;

/** A person's message has text at once. An agent's has a run: its text is that run's output, empty until it settles. */
export const messageSchema = z.strictObject({
  id: z.uuid(),
  position: z.int(),
  role: z.enum(['user', 'assistant']),
  authorName: z.string(),
  /** The person who wrote it. */
  authorId: z.string().optional(),
  text: z.string(),
  createdAt: iso,
  run: z
    .strictObject({
      id: z.uuid(),
      status: z.enum(runStatuses),
      error: failureSchema.optional(),
      calls: z.array(callSchema),
    })
    .optional(),
});
export type Message = z.infer<typeof messageSchema>;

export const listThreads = defineRoute({
  id: 'chat.threads',
  method: 'GET',
  path: '/threads',
  summary: 'Chat threads, last active first.',
  tag,
  permission: 'chat.read',
  query: pageQuery,
  result: pageOf(threadSchema),
});
export const createThread = defineRoute({
  id: 'chat.create',
  method: 'POST',
  path: '/threads',
  summary: 'Start a thread with an agent.',
  tag,
  permission: 'chat.write',
  body: z.strictObject({ agentId: z.uuid() }),
  result: threadSchema,
  status: 201,
});
export const getThread = defineRoute({
  id: 'chat.get',
  method: 'GET',
  path: '/threads/{id}',
  summary: 'A thread with its messages.',
  tag,
  permission: 'chat.read',
  params,
  result: threadSchema.extend({ messages: z.array(messageSchema) }),
});
export const deleteThread = defineRoute({
  id: 'chat.delete',
  method: 'DELETE',
  path: '/threads/{id}',
  summary: 'Delete a thread.',
  tag,
  permission: 'chat.write',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const postMessage = defineRoute({
  id: 'chat.post',
  method: 'POST',
  path: '/threads/{id}/messages',
  summary:
    'Write to the agent. Its turn is a run: watch it, cancel it, read its answer. Honours Idempotency-Key.',
  tag,
  permission: 'chat.write',
  params,
  body: z.strictObject({ text: z.string().trim().min(1).max(50_000) }),
  result: z.strictObject({ message: messageSchema, answer: messageSchema }),
  status: 202,
});
export const cancelTurn = defineRoute({
  id: 'chat.cancel',
  method: 'POST',
  path: '/threads/{id}/cancel',
  summary: 'Stop the answer that is being written.',
  tag,
  permission: 'chat.write',
  params,
  result: z.strictObject({ cancelled: z.int() }),
});
export const chatContracts = [
  listThreads,
  createThread,
  getThread,
  deleteThread,
  postMessage,
  cancelTurn,
];

import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { elementIdSchema } from '@/lib/workflows/schema';
import { maxAgents, maxFiles } from './attached';
import { commandContracts } from './commands/contract';
import { compactionContracts, compactionSchema } from './compaction/contract';
import { createCompletion } from './completions/contract';
import { feedbackContracts } from './feedback/contract';
import { markContracts } from './marks/contract';
import { markRefSchema, maxMarks } from './marks/mark';
import { messageSchema } from './message';
import { estimatePanel, panelRulesSchema } from './panel/contract';

const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const tag = 'Chat';

export const threadSchema = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  agentId: z.uuid().nullable(),
  /** Who answers: the agent, or the workflow by the name of its chat. */
  agentName: z.string(),
  /** The workflow that answers, where no agent does. `closed` says why it does not any more. */
  workflow: z
    .strictObject({ id: z.uuid(), greeting: z.string(), closed: z.string().nullable() })
    .nullable(),
  createdAt: iso,
  updatedAt: iso,
});
export type Thread = z.infer<typeof threadSchema>;

export const listThreads = defineRoute({
  id: 'chat.threads',
  method: 'GET',
  path: '/threads',
  summary: 'Chat threads, most recently active first.',
  tag,
  permission: 'chat.read',
  query: pageQuery,
  result: pageOf(threadSchema),
});
export const listChatWorkflows = defineRoute({
  id: 'chat.workflows',
  method: 'GET',
  path: '/chat-workflows',
  summary: 'Workflows you can write to: published, with an active chat. By name, at most 200.',
  tag,
  permission: 'chat.read',
  result: z.strictObject({
    items: z.array(
      z.strictObject({
        triggerId: z.uuid(),
        workflowId: z.uuid(),
        name: z.string(),
        /** Its greeting, or what the workflow is for. */
        description: z.string(),
      }),
    ),
  }),
});
export const createThread = defineRoute({
  id: 'chat.create',
  method: 'POST',
  path: '/threads',
  summary: 'Start a thread with an agent, or with a workflow by its chat trigger.',
  tag,
  permission: 'chat.write',
  body: z.union([z.strictObject({ agentId: z.uuid() }), z.strictObject({ triggerId: z.uuid() })]),
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
  result: threadSchema.extend({
    messages: z.array(messageSchema),
    /** Summaries that are sent in place of earlier messages, oldest first. */
    compactions: z.array(compactionSchema).default([]),
  }),
});
export const followThread = defineRoute({
  id: 'chat.follow',
  method: 'GET',
  path: '/threads/{id}/events',
  summary:
    'The answers that are being written, as server-sent events: `delta` (`messageId`, `offset`, `text`), `answer` (the whole message, at its end) and `end`.',
  tag,
  permission: 'chat.read',
  params,
  result: z.unknown(),
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
  ownKeys: true,
  path: '/threads/{id}/messages',
  summary:
    'Send a message, with files if need be, to the agent or workflow, or to several agents at once: each answers, or all together (a panel). Each answer is a run: watch it, cancel it, read its output. Supports Idempotency-Key.',
  tag,
  permission: 'chat.write',
  params,
  body: z
    .strictObject({
      /** May be empty where files are sent. */
      text: z.string().trim().max(50_000).default(''),
      /** Ids of files of the workspace, whose text the answer is given. */
      files: z.array(z.uuid()).max(maxFiles, `send at most ${maxFiles} files`).optional(),
      /** Things of the workspace that the text is about: whoever answers is given what is in them. */
      marks: z.array(markRefSchema).max(maxMarks, `name at most ${maxMarks} things`).optional(),
      /** Agents that answer, instead of the thread's own. */
      agents: z.array(z.uuid()).max(maxAgents, `ask at most ${maxAgents} agents`).optional(),
      /** Whether one agent answers, each of those that are named, or all of them together with one answer. */
      mode: z.enum(['one', 'each', 'panel']).optional(),
      /** The workflow that whoever answers is to change, as a suggestion, with the steps that are selected. */
      change: z
        .strictObject({
          workflowId: z.uuid(),
          selected: z.array(elementIdSchema).max(100).default([]),
        })
        .optional(),
      /** How a panel goes on where its agents disagree, and what it may cost. */
      panel: panelRulesSchema.optional(),
    })
    .refine(
      ({ text, files }) => text !== '' || (files ?? []).length > 0,
      'write something or send a file',
    ),
  result: z.strictObject({
    message: messageSchema,
    /** The first of the answers. */
    answer: messageSchema,
    answers: z.array(messageSchema),
  }),
  status: 202,
});
export const cancelTurn = defineRoute({
  id: 'chat.cancel',
  method: 'POST',
  path: '/threads/{id}/cancel',
  summary: 'Stop the answers being written, or one of them.',
  tag,
  permission: 'chat.write',
  params,
  /** The answer to stop, by its message; all where none is named. */
  body: z.strictObject({ messageId: z.uuid().optional() }).optional(),
  result: z.strictObject({ cancelled: z.int() }),
});
export const chatContracts = [
  listThreads,
  listChatWorkflows,
  createThread,
  getThread,
  followThread,
  deleteThread,
  postMessage,
  cancelTurn,
  estimatePanel,
  createCompletion,
  ...feedbackContracts,
  ...markContracts,
  ...commandContracts,
  ...compactionContracts,
];

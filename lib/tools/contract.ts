import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { runStatuses } from '@/lib/runs/schema';
import { toolCallStates, toolEffects } from './call';
import { toolSources } from './define-tool';
import { toolAnswerInputSchema, toolAnswerSchema, toolQuestionSchema } from './question';
import { toolNameSchema } from './settings';

const iso = z.iso.datetime();
const tag = 'Tools';

/** A tool as people choose it. */
export const toolViewSchema = z.strictObject({
  name: z.string(),
  ref: z.string(),
  source: z.enum(toolSources),
  title: z.string(),
  description: z.string(),
  effect: z.enum(toolEffects),
  risk: z.int(),
  approval: z.enum(['never', 'policy', 'always']),
  /** Its result is outside content. */
  outside: z.boolean(),
  /** It takes a connection. */
  connects: z.boolean(),
  /** Why it cannot be used at present: it does not work, or the person who asks may not use it. */
  unavailable: z.string().nullable(),
  /** What went wrong when it was last tried; it may work by now. */
  trouble: z.string().nullable(),
  inputSchema: z.record(z.string(), z.unknown()),
});
export type ToolView = z.infer<typeof toolViewSchema>;

export const listTools = defineRoute({
  id: 'tools.list',
  method: 'GET',
  path: '/tools',
  summary:
    'Tools that agents can use, by name: built-in ones, published workflows, tables, operations of services and tools of MCP servers.',
  tag,
  permission: 'agents.read',
  query: z.strictObject({
    q: z.string().max(200).optional(),
    source: z.enum(toolSources).optional(),
    /** These names alone, separated by commas. */
    names: z.string().max(6_000).optional(),
    /** Those of one server or service: what their `ref` begins with. */
    of: z.string().min(5).max(300).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  result: z.strictObject({ items: z.array(toolViewSchema), more: z.boolean() }),
});
export const callTool = defineRoute({
  id: 'tools.call',
  method: 'POST',
  path: '/tools/{name}/call',
  summary: 'Use a tool: starts a run of one step, whose output is the result.',
  tag,
  permission: 'runs.start',
  params: z.strictObject({ name: toolNameSchema }),
  body: z.strictObject({
    args: z.record(z.string(), z.json()).default({}),
    connection: z.string().max(100).optional(),
  }),
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
  status: 202,
});

/** A call as people see it. */
export const toolCallViewSchema = z.strictObject({
  id: z.uuid(),
  turn: z.int(),
  position: z.int(),
  tool: z.string(),
  title: z.string(),
  effect: z.enum(toolEffects),
  state: z.enum(toolCallStates),
  args: z.unknown(),
  argsHash: z.string(),
  /** What was asked for before a person changed it. */
  askedArgs: z.unknown().nullable(),
  ask: toolQuestionSchema.nullable(),
  answer: toolAnswerSchema.omit({ seal: true }).nullable(),
  result: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: iso,
  startedAt: iso.nullable(),
  finishedAt: iso.nullable(),
});
export type ToolCallView = z.infer<typeof toolCallViewSchema>;

export const approvalSchema = toolCallViewSchema.extend({
  run: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    stepId: z.string(),
    workflowId: z.uuid().nullable(),
    threadId: z.uuid().nullable(),
  }),
  agent: z.string().nullable(),
});
export type Approval = z.infer<typeof approvalSchema>;

export const listApprovals = defineRoute({
  id: 'approvals.list',
  method: 'GET',
  path: '/approvals',
  summary: 'Calls of tools that wait for a person, the oldest first, at most 100.',
  tag,
  permission: 'runs.read',
  query: z.strictObject({ runId: z.uuid().optional() }),
  result: z.strictObject({ items: z.array(approvalSchema) }),
});
export const answerApproval = defineRoute({
  id: 'approvals.answer',
  method: 'POST',
  path: '/approvals/{id}/answer',
  summary:
    'Say what is to become of a call that waits: approve or refuse it, or answer its question.',
  tag,
  permission: 'runs.answer',
  params: z.strictObject({ id: z.uuid() }),
  body: toolAnswerInputSchema,
  result: z.strictObject({ id: z.uuid(), state: z.enum(toolCallStates) }),
});

export const turnViewSchema = z.strictObject({
  turn: z.int(),
  text: z.string(),
  model: z.string(),
  rehearsed: z.boolean(),
  costUsd: z.number(),
  at: iso,
  calls: z.array(toolCallViewSchema),
});
export type TurnView = z.infer<typeof turnViewSchema>;

export const listTurns = defineRoute({
  id: 'runs.turns',
  method: 'GET',
  path: '/runs/{id}/steps/{stepId}/turns',
  summary: 'What the agent of a step did: its turns, and the tools that it used.',
  tag,
  permission: 'runs.read',
  params: z.strictObject({ id: z.uuid(), stepId: z.string().min(1).max(100) }),
  result: z.strictObject({
    agent: z
      .strictObject({ handle: z.string(), name: z.string(), version: z.int().nullable() })
      .optional(),
    items: z.array(turnViewSchema),
  }),
});

export const toolContracts = [listTools, callTool, listApprovals, answerApproval, listTurns];

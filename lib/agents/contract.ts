import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { runStatuses } from '@/lib/runs/schema';
import { usdNumberSchema } from '@/lib/spending/pico';
import { maxGrants, toolNameSchema } from '@/lib/tools/settings';
import { agentInputSchema, agentSchema, agentVersionSchema } from './schema';
import { agentStandingSchema, listedAgentSchema, statusChangeSchema } from './status/schema';

const params = z.strictObject({ id: z.uuid() });
const tag = 'Agents';

export const listAgents = defineRoute({
  id: 'agents.list',
  method: 'GET',
  path: '/agents',
  summary: 'Agents of the workspace, with how each stands, because of what, and its load.',
  tag,
  permission: 'agents.read',
  query: pageQuery,
  result: pageOf(listedAgentSchema),
});
export const getAgent = defineRoute({
  id: 'agents.get',
  method: 'GET',
  path: '/agents/{id}',
  summary: 'One agent.',
  tag,
  permission: 'agents.read',
  params,
  result: agentSchema,
});
export const createAgent = defineRoute({
  id: 'agents.create',
  method: 'POST',
  path: '/agents',
  summary: 'Create an agent.',
  tag,
  permission: 'agents.edit',
  body: agentInputSchema,
  result: agentSchema,
  status: 201,
});
export const updateAgent = defineRoute({
  id: 'agents.update',
  method: 'PUT',
  path: '/agents/{id}',
  summary: 'Change an agent. With version, only the version that you read is changed.',
  tag,
  permission: 'agents.edit',
  params,
  query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  body: agentInputSchema,
  result: agentSchema,
});
export const deleteAgent = defineRoute({
  id: 'agents.delete',
  method: 'DELETE',
  path: '/agents/{id}',
  summary: 'Delete an agent.',
  tag,
  permission: 'agents.edit',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const listAgentVersions = defineRoute({
  id: 'agents.versions',
  method: 'GET',
  path: '/agents/{id}/versions',
  summary: 'The agent as it was saved, the newest first, at most 100.',
  tag,
  permission: 'agents.read',
  params,
  result: z.strictObject({ items: z.array(agentVersionSchema) }),
});
export const startTask = defineRoute({
  id: 'agents.start-task',
  method: 'POST',
  path: '/agents/{id}/tasks',
  summary: 'Give an agent a task: starts a run of one step, whose output is the answer.',
  tag,
  permission: 'runs.start',
  params,
  body: z.strictObject({
    input: z.string().min(1).max(100_000),
    /** Only these of its tools. */
    tools: z.array(toolNameSchema).max(maxGrants).optional(),
    /** No turn begins once the turns before it cost so much. */
    budgetUsd: usdNumberSchema(10_000).optional(),
  }),
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
  status: 202,
});
export const listAgentTasks = defineRoute({
  id: 'agents.tasks',
  method: 'GET',
  path: '/agents/{id}/tasks',
  summary:
    'Steps in which the agent asked a model or had tools, and tasks from messages, the newest first, at most 50.',
  tag,
  permission: 'runs.read',
  params,
  result: z.strictObject({
    items: z.array(
      z.strictObject({
        runId: z.uuid(),
        stepId: z.string(),
        name: z.string(),
        status: z.enum(runStatuses),
        /** The version of the agent that it ran with. */
        version: z.int().nullable(),
        turns: z.int(),
        costUsd: z.number(),
        /** No model was there to answer: answers of its run are made up. */
        madeUp: z.boolean(),
        /** Who sent the message that it came from. */
        from: z.string().nullable(),
        startedAt: z.iso.datetime(),
      }),
    ),
  }),
});
export const listAgentStatuses = defineRoute({
  id: 'agents.statuses',
  method: 'GET',
  path: '/agent-statuses',
  summary: 'What each agent is doing, and why it stands so.',
  tag,
  permission: 'agents.read',
  result: z.strictObject({ items: z.array(agentStandingSchema) }),
});
export const listStatusChanges = defineRoute({
  id: 'agents.status-changes',
  method: 'GET',
  path: '/agents/{id}/statuses',
  summary: 'How the status of an agent changed, and because of what, the newest first.',
  tag,
  permission: 'agents.read',
  params,
  query: pageQuery,
  result: pageOf(statusChangeSchema),
});
export const listAgentInstances = defineRoute({
  id: 'agents.instances',
  method: 'GET',
  path: '/agents/{id}/instances',
  summary:
    'Worker processes that can do its tasks, when they were last heard, and what they do here.',
  tag,
  permission: 'agents.read',
  params,
  result: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        state: z.enum(['starting', 'ready', 'stopping']),
        /** Grows with each registration: a process that was not heard for too long has a new one. */
        generation: z.int(),
        startedAt: z.iso.datetime(),
        /** Until when it counts as there, by the database's clock; each beat renews it. */
        leaseUntil: z.iso.datetime(),
        /** Steps of this workspace that it works on, and those of them that are tasks of this agent. */
        load: z.strictObject({ steps: z.int(), tasks: z.int() }),
      }),
    ),
  }),
});
export const startMaintenance = defineRoute({
  id: 'agents.start-maintenance',
  method: 'PUT',
  path: '/agents/{id}/maintenance',
  summary:
    'Take an agent out of service, with a reason. Tasks under way go on; messages and steps that want it wait until it is back.',
  tag,
  permission: 'agents.edit',
  params,
  body: z.strictObject({ reason: z.string().trim().min(1, 'say why').max(300) }),
  result: z.strictObject({ id: z.uuid() }),
});
export const endMaintenance = defineRoute({
  id: 'agents.end-maintenance',
  method: 'DELETE',
  path: '/agents/{id}/maintenance',
  summary: 'Put an agent back into service: what waits for it begins.',
  tag,
  permission: 'agents.edit',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const agentContracts = [
  listAgents,
  getAgent,
  createAgent,
  updateAgent,
  deleteAgent,
  listAgentVersions,
  listAgentTasks,
  listAgentStatuses,
  listStatusChanges,
  listAgentInstances,
  startMaintenance,
  endMaintenance,
  startTask,
];

import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { agentInputSchema, agentSchema } from './schema';

const params = z.strictObject({ id: z.uuid() });
const tag = 'Agents';

export const listAgents = defineRoute({
  id: 'agents.list',
  method: 'GET',
  path: '/agents',
  summary: 'Agents of the workspace.',
  tag,
  permission: 'agents.read',
  query: pageQuery,
  result: pageOf(agentSchema),
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
  summary: 'Change an agent.',
  tag,
  permission: 'agents.edit',
  params,
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
export const agentContracts = [listAgents, getAgent, createAgent, updateAgent, deleteAgent];

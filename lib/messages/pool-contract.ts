import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { newPoolSchema, poolChangeSchema, poolSchema } from './pools';

const tag = 'Messages';

export const listPools = defineRoute({
  id: 'messages.list-pools',
  method: 'GET',
  path: '/pools',
  summary: 'Pools with their agents, how busy these are, and what waits.',
  tag,
  permission: 'messages.read',
  result: z.strictObject({ items: z.array(poolSchema) }),
});
export const createPool = defineRoute({
  id: 'messages.make-pool',
  method: 'POST',
  path: '/pools',
  summary:
    'Create a pool of agents: each message to it becomes a task of one of them, in turn or of the least busy one.',
  tag,
  permission: 'messages.write',
  body: newPoolSchema,
  result: poolSchema,
  status: 201,
});
export const updatePool = defineRoute({
  id: 'messages.update-pool',
  method: 'PATCH',
  path: '/pools/{id}',
  summary: 'Change the agents of a pool, or how one is chosen. What was sent stays where it is.',
  tag,
  permission: 'messages.write',
  params: z.strictObject({ id: z.uuid() }),
  body: poolChangeSchema,
  result: poolSchema,
});
export const poolContracts = [listPools, createPool, updatePool];

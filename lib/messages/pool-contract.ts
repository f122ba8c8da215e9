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
const params = z.strictObject({ id: z.uuid() });
export const getPoolUses = defineRoute({
  id: 'messages.get-pool-uses',
  method: 'GET',
  path: '/pools/{id}/uses',
  summary:
    'What the deletion of a pool would affect: what waits in it, topics, and steps that name it.',
  tag,
  permission: 'messages.read',
  params,
  result: z.strictObject({
    waiting: z.int(),
    held: z.int(),
    topics: z.array(z.string()),
    workflows: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        steps: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      }),
    ),
  }),
});
export const deletePool = defineRoute({
  id: 'messages.delete-pool',
  method: 'DELETE',
  path: '/pools/{id}',
  summary:
    'Delete a pool. What waits in it is cancelled with the reason, what is worked on goes on, and nothing comes into it any more.',
  tag,
  permission: 'messages.write',
  params,
  /** `cancelled`: messages that waited in it. */
  result: z.strictObject({ id: z.uuid(), cancelled: z.int() }),
});
export const poolContracts = [listPools, createPool, updatePool, getPoolUses, deletePool];

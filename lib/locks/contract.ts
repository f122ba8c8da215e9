import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { elementIdSchema, workflowLimits } from '@/lib/workflows/schema';

const params = z.strictObject({ id: z.uuid() });
const oneParams = params.extend({ lockId: z.uuid() });
const nodeIds = z.array(elementIdSchema).max(workflowLimits.nodes);
const reason = z.string().trim().max(200);
const expiresAt = z.iso
  .datetime({ offset: true })
  .refine((text) => !text.startsWith('0000'), 'must be a moment of the year 1 or later')
  .nullable();

export const lockSchema = z.strictObject({
  id: z.uuid(),
  /** None: the whole workflow. */
  nodeIds: z.array(z.string()),
  ownerId: z.string(),
  ownerName: z.string(),
  reason: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

export const listLocks = defineRoute({
  id: 'locks.list',
  method: 'GET',
  path: '/workflows/{id}/locks',
  summary: 'Current locks: what is locked and by whom.',
  tag: 'Locks',
  permission: 'workflows.read',
  params,
  result: z.strictObject({ locks: z.array(lockSchema) }),
});
export const createLock = defineRoute({
  id: 'locks.create',
  method: 'POST',
  path: '/workflows/{id}/locks',
  summary: 'Lock nodes, or the whole workflow, so that only you can change them.',
  tag: 'Locks',
  permission: 'workflows.lock',
  params,
  body: z.strictObject({
    nodeIds: nodeIds.default([]),
    reason: reason.default(''),
    expiresAt: expiresAt.default(null),
  }),
  result: lockSchema,
  status: 201,
});
export const changeLock = defineRoute({
  id: 'locks.change',
  method: 'PATCH',
  path: '/workflows/{id}/locks/{lockId}',
  summary: 'Change the steps of your lock, its reason or its expiry.',
  tag: 'Locks',
  permission: 'workflows.lock',
  params: oneParams,
  body: z.strictObject({
    nodeIds: nodeIds.optional(),
    reason: reason.optional(),
    expiresAt: expiresAt.optional(),
  }),
  result: lockSchema,
});
export const endLock = defineRoute({
  id: 'locks.end',
  method: 'DELETE',
  path: '/workflows/{id}/locks/{lockId}',
  summary: 'Unlock: your own lock, or anyone’s as an admin.',
  tag: 'Locks',
  permission: 'workflows.lock',
  params: oneParams,
  result: z.strictObject({ id: z.uuid() }),
});
export const lockContracts = [listLocks, createLock, changeLock, endLock];

import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { authorSchema, spaceKeySchema, underSchema } from '../schema';
import { lockModes } from './modes';

const tag = 'Memory';
const params = z.strictObject({
  token: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});
export const leaseSecondsSchema = z.int().min(5).max(86_400);

export const lockSchema = z.strictObject({
  token: z.int(),
  space: z.string(),
  /** Empty for the whole memory. */
  path: z.string(),
  mode: z.enum(lockModes),
  owner: authorSchema,
  granted: z.boolean(),
  /** Whom it waits for, by name. */
  waitsFor: z.array(z.string()),
  askedAt: z.iso.datetime(),
  /** When it ends, or the wait for it does. */
  until: z.iso.datetime(),
});
export type MemoryLock = z.infer<typeof lockSchema>;

export const listLocks = defineRoute({
  id: 'memory.list-locks',
  method: 'GET',
  path: '/memory/locks',
  summary:
    'Locks of a space that are held or waited for, in the order in which they were asked for.',
  tag,
  permission: 'memory.read',
  query: z.strictObject({ space: z.string().max(200) }),
  result: z.strictObject({ items: z.array(lockSchema) }),
});
export const takeLock = defineRoute({
  id: 'memory.lock',
  method: 'POST',
  path: '/memory/locks',
  summary:
    'Lock a path and all below it: `S` to read, `X` to write, `SIX` to read all and write parts, `IS` and `IX` to do so below. What cannot be had at once is waited for, or refused with `wait: false`. Writes name the token.',
  tag,
  permission: 'memory.edit',
  body: z.strictObject({
    space: spaceKeySchema,
    path: underSchema.default(''),
    mode: z.enum(lockModes).default('X'),
    leaseSeconds: leaseSecondsSchema.default(30),
    wait: z.boolean().default(true),
    /** Tells holders of one person apart, such as two programs under one key. */
    holder: z.string().max(100).optional(),
  }),
  result: lockSchema,
  status: 201,
});
export const getLock = defineRoute({
  id: 'memory.get-lock',
  method: 'GET',
  path: '/memory/locks/{token}',
  summary: 'A lock, to see whether it is held now.',
  tag,
  permission: 'memory.read',
  params,
  result: lockSchema,
});
export const renewLock = defineRoute({
  id: 'memory.renew-lock',
  method: 'POST',
  path: '/memory/locks/{token}/renew',
  summary: 'Hold a lock, or wait for it, for longer: from now on for so many seconds.',
  tag,
  permission: 'memory.edit',
  params,
  body: z.strictObject({ leaseSeconds: leaseSecondsSchema.default(30) }),
  result: lockSchema,
});
export const releaseLock = defineRoute({
  id: 'memory.unlock',
  method: 'DELETE',
  path: '/memory/locks/{token}',
  summary: 'Release a lock, or stop waiting for it.',
  tag,
  permission: 'memory.edit',
  params,
  result: z.strictObject({ token: z.int() }),
});
export const lockContracts = [listLocks, takeLock, getLock, renewLock, releaseLock];

import type { Pool } from 'pg';
import type { MemoryAnswer, MemoryCall } from '@/lib/memory/calls';
import type { SpaceRef } from '@/lib/memory/space';
import { findSpace, spaceToWrite } from '../find-space';
import { pathOf } from '../path-of';
import type { Who } from '../who';
import { releaseLocks } from './release-lock';
import { takeLock } from './take-lock';

type LockCall = Extract<MemoryCall, { do: 'lock' | 'unlock' }>;

/** Locks and unlocks for a step: all steps of a run hold a lock together. */
export async function callLock(
  pool: Pool,
  who: Who,
  { asked, runId }: { asked: SpaceRef; runId: string },
  call: LockCall,
): Promise<{ id: string; answer: MemoryAnswer }> {
  const path = call.path.trim() === '' ? '' : pathOf(call.path);
  if (call.do === 'unlock') {
    const space = await findSpace(pool, who, asked);
    const released =
      space === undefined ? 0 : await releaseLocks(pool, space, { owner: who.owner, path });
    return { id: space?.id ?? '', answer: { found: released > 0, entries: [], released } };
  }
  const space = await spaceToWrite(pool, who, asked);
  const { mode, leaseSeconds, waitSeconds } = call;
  const lock = await takeLock(pool, who, space, { path, mode, leaseSeconds, waitSeconds, runId });
  const { token, granted, leaseUntil } = lock;
  const shown = { token, granted, path, mode: lock.mode, until: leaseUntil.toISOString() };
  return { id: space.id, answer: { found: granted, entries: [], lock: shown } };
}

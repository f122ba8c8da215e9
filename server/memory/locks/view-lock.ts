import type { MemoryLock } from '@/lib/memory/locks/contract';
import { type LockRequest, waitGraph } from '@/lib/memory/locks/lock-table';
import { type SpaceRef, spaceKey } from '@/lib/memory/space';
import type { LockRecord } from '../lock-store';

/** A lock as people see it; `all` are those of its space. */
export function viewLock(
  space: SpaceRef,
  lock: LockRecord,
  all: readonly LockRecord[],
): MemoryLock {
  const { token, path, mode, author, granted, askedAt, leaseUntil } = lock;
  const requests: readonly LockRequest[] = all;
  const owners = granted ? [] : [...(waitGraph(requests).get(lock.owner) ?? [])];
  const nameOf = (owner: string) => all.find((one) => one.owner === owner)?.author.name ?? owner;
  return {
    ...{ token, path, mode, granted, owner: author },
    space: spaceKey(space),
    waitsFor: owners.map(nameOf),
    askedAt: askedAt.toISOString(),
    until: leaseUntil.toISOString(),
  };
}

import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { isWithin } from '@/lib/memory/path';
import type { SpaceRef } from '@/lib/memory/space';
import type { Db } from './entry-store';
import { blocking, findLock } from './lock-store';
import { heldBy } from './locks/held-by';
import { noRight, noSpace, type Who, writingRoles } from './who';
import { fullMessage, roleOf, type WriteEnd } from './write-store';

/** Throws for what trying again does not change; undefined for what it may. */
export function refuseEnd(end: WriteEnd['end'], space: SpaceRef): undefined {
  if (end === 'full') throw new AppError('conflict', fullMessage);
  if (end === 'gone') throw noSpace(space);
  return undefined;
}

/** Whoever writes as a member must still be one who may. Throws `forbidden`. */
export async function requireRole(pool: Pool, { workspaceId, memberId }: Who): Promise<void> {
  if (memberId === undefined) return;
  const role = await roleOf(pool, workspaceId, memberId);
  if (role === undefined || !writingRoles.some((one) => one === role)) throw noRight();
}

/** Whoever writes must not be kept off by locks of others, and must still hold the lock that they name. Throws `locked`. */
export async function requireUnlocked(
  db: Db,
  { owner }: Who,
  space: { id: string; workspaceId: string },
  { paths, token }: { paths: readonly string[]; token?: number | undefined },
): Promise<void> {
  const [blocker] = await blocking(db, space, { owner, token, paths });
  if (blocker !== undefined) throw heldBy(blocker.path, [blocker]);
  if (token === undefined) return;
  const lock = await findLock(db, space.workspaceId, token);
  const held =
    lock?.granted && lock.mode === 'X' && paths.every((path) => isWithin(path, lock.path));
  if (held) return;
  throw new AppError(
    'locked',
    'The lock that this write names is not held any more, or does not cover it. Nothing was written: take it again.',
  );
}

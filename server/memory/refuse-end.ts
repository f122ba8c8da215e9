import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { SpaceRef } from '@/lib/memory/space';
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

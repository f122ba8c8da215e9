import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findSealed } from './store';

/** Refuses a connection that is for other people. One that is not there is a problem of whatever names it. */
export async function requireUsable(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
  names: readonly string[],
): Promise<void> {
  for (const name of new Set(names)) {
    const people = (await findSealed(pool, workspaceId, { name }))?.allowedUserIds ?? null;
    if (people === null || people.includes(userId)) continue;
    throw new AppError(
      'forbidden',
      `The connection "${name}" is for named people only, and you are none of them. An admin can add you in Settings.`,
    );
  }
}

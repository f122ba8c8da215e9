import type { Pool } from 'pg';
import { transaction } from '@/server/db/transaction';
import { holdLocks, locksOf, removeLocks } from '../lock-store';
import { settleLocks } from './settle-locks';

type Space = { id: string; workspaceId: string };

/** Releases an owner's locks at a path, or one by its token, and lets others go on; answers how many. */
export function releaseLocks(
  pool: Pool,
  space: Space,
  which: { token: number } | { owner: string; path: string },
): Promise<number> {
  return transaction(pool, async (client) => {
    if (!(await holdLocks(client, space))) return 0;
    const all = await locksOf(client, space);
    const tokens = all
      .filter((one) =>
        'token' in which
          ? one.token === which.token
          : one.owner === which.owner && one.path === which.path,
      )
      .map(({ token }) => token);
    await removeLocks(client, tokens);
    await settleLocks(client, space);
    return tokens.length;
  });
}

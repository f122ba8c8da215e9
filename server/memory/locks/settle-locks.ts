import type { PoolClient } from 'pg';
import { grantable } from '@/lib/memory/locks/lock-table';
import { grantLocks, type LockRecord, locksOf, removeOver } from '../lock-store';

/** Takes away what is over and gives locks to whoever need not wait any more; call it while the space is held. */
export async function settleLocks(
  client: PoolClient,
  space: { id: string; workspaceId: string },
): Promise<LockRecord[]> {
  await removeOver(client, space);
  const all = await locksOf(client, space);
  const tokens = grantable(all);
  await grantLocks(client, tokens);
  return tokens.length === 0 ? all : locksOf(client, space);
}

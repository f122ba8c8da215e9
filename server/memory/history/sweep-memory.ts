import type { Pool } from 'pg';
import { brokenVersions } from '@/lib/memory/checksum';
import { findEntries } from '../entry-store';
import { expiredPaths, forgetVersions, removeOrphans, someChains } from '../sweep-store';
import { forgetWrites, writeChanges } from '../write-store';

const product = { kind: 'system' as const, name: 'Expired' };

/**
 * Marks entries as deleted whose time is over, so that the changes tell of it; forgets versions and keys past their time,
 * and spaces of what is gone for good. Answers with versions that are not what was written.
 */
export async function sweepMemory(
  pool: Pool,
  keepDays: number,
): Promise<{ spaceId: string; path: string; version: number }[]> {
  await expire(pool);
  await forgetVersions(pool, keepDays);
  await forgetWrites(pool, keepDays);
  await removeOrphans(pool);
  const chains = await someChains(pool);
  return chains.flatMap(({ spaceId, path, versions }) =>
    brokenVersions(versions).map((version) => ({ spaceId, path, version })),
  );
}

async function expire(pool: Pool): Promise<void> {
  for (const { id, workspaceId, paths } of await expiredPaths(pool)) {
    const space = { id, workspaceId };
    const now = await findEntries(pool, space, paths);
    const changes = [...now.values()]
      .filter(({ expired, deleted }) => expired && !deleted)
      .map((before) => ({
        ...{ path: before.path, value: undefined, before, strategy: 'last' },
        outcome: 'expired' as const,
      }));
    // Whoever wrote in between is right; the next sweep looks again.
    if (changes.length > 0) await writeChanges(pool, { space, author: product, changes });
  }
}

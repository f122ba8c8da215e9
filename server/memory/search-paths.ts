import type { Pool } from 'pg';
import { spaceKey } from '@/lib/memory/space';
import type { Wanted } from '@/lib/search/words';
import { entriesByPath } from './entry-store';
import { spacesOf } from './space-store';
import { titleOf } from './view';

export type FoundPath = { space: string; spaceTitle: string; path: string };

/** Entries by their paths in the spaces that everybody in the workspace may read, last changed first. */
export async function searchPaths(
  pool: Pool,
  workspaceId: string,
  wanted: Wanted,
  limit: number,
): Promise<FoundPath[]> {
  const spaces = new Map((await spacesOf(pool, workspaceId, '')).map((space) => [space.id, space]));
  const found = await entriesByPath(pool, {
    ...{ workspaceId, spaceIds: [...spaces.keys()], limit, ...wanted },
  });
  return found.flatMap(({ spaceId, path }) => {
    const space = spaces.get(spaceId);
    return space === undefined
      ? []
      : [{ space: spaceKey(space), spaceTitle: titleOf(space), path }];
  });
}

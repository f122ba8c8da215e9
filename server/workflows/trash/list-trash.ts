import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { goesAt } from '@/lib/workflows/trash';
import type { listTrash as contract } from '@/lib/workflows/trash-contract';
import type { Services } from '@/server/services';
import { trashBefore } from './store';

/** Workflows in the workspace's trash, last deleted first. */
export async function listTrash(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { limit, cursor } = query;
  const rows = await trashBefore(pool, workspaceId, limit, readCursor(cursor));
  const items = rows.slice(0, limit).map(({ deletedAt, ...row }) => ({
    ...row,
    deletedAt: deletedAt.toISOString(),
    goesAt: new Date(goesAt(deletedAt.getTime())).toISOString(),
  }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.deletedAt, id: last.id }) } : {}),
  };
}

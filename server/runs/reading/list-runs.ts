import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listRuns as contract } from '@/lib/runs/contract';
import type { Services } from '@/server/services';
import { readSummaries } from './summaries';

/** Runs of the workspace, newest first. */
export async function listRuns(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { limit, cursor, ...filter } = query;
  const before = readCursor(cursor);
  const rows = await readSummaries(pool, {
    ...filter,
    workspaceId: actor.workspaceId,
    ...(before === undefined ? {} : { before: { createdAt: new Date(before.at), id: before.id } }),
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, nextCursor: writeCursor({ at: last.createdAt, id: last.id }) };
}

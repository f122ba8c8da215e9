import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listWorkflows as contract } from '@/lib/workflows/contract';
import { lastRuns } from '@/server/runs/reading/last-runs';
import type { Services } from '@/server/services';
import { countNodes } from './count-nodes';
import { workflowsBefore } from './store';
import { toSummary } from './view-workflow';

/** Workflows of the workspace, each with its last five runs. */
export async function listWorkflows(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { limit, sort, q, folder, tag, favourite } = query;
  const rows = await workflowsBefore(services.pool, actor.workspaceId, {
    userId: actor.userId,
    limit,
    sort,
    folder,
    tag,
    favourite: favourite === 'true',
    before: readCursor(query.cursor),
    q: q?.trim() || undefined,
  });
  const shown = rows.slice(0, limit);
  const [runs, counts] = await Promise.all([
    lastRuns(
      services,
      actor,
      shown.map((row) => row.id),
    ),
    Promise.all(shown.map((row) => countNodes(services, row))),
  ]);
  const items = shown.map((row, index) =>
    toSummary(row, counts[index] ?? 0, runs.get(row.id) ?? []),
  );
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last
      ? {
          nextCursor: writeCursor({
            at: sort === 'created' ? last.createdAt : last.updatedAt,
            id: last.id,
          }),
        }
      : {}),
  };
}

import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listExperiments as contract } from '@/lib/experiments/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { readExperiments } from './store';
import { summaryOf } from './view-experiment';

/** Experiments of the workspace, newest first; those of workflows in the trash are with them there. */
export async function listExperiments(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const after = readCursor(query.cursor);
  const { workflow, step, agent, state, limit } = query;
  const rows = await readExperiments(
    pool,
    workspaceId,
    `and ($2::uuid is null or e.workflow_id = $2) and ($3::text is null or e.step_id = $3)
     and ($4::uuid is null or e.agent_id = $4) and ($5::text is null or e.state = $5)
     and (e.workflow_id is null or w.deleted_at is null)
     and ($6::timestamptz is null or (e.started_at, e.id) < ($6, $7::uuid))
     order by e.started_at desc, e.id desc limit $8`,
    [
      ...[workflow ?? null, step ?? null, agent ?? null, state ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  );
  const items = rows.slice(0, limit).map(summaryOf);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.startedAt, id: last.id }) } : {}),
  };
}

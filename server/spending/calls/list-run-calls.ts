import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listRunCalls as contract } from '@/lib/spending/contract';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';
import { callRowSchema } from './view';

/** Model calls of a run and, for one that no step started, of all runs below it, oldest first. Throws `not_found`. */
export async function listRunCalls(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await findRun({ pool }, actor, params.id);
  const after = readCursor(query.cursor);
  const { rows } = await pool.query(
    `select * from model_call where workspace_id = $1 and (run_id = $2 or root_run_id = $2)
       and ($3::timestamptz is null or (started_at, id) > ($3, $4::uuid))
     order by started_at, id limit $5`,
    [actor.workspaceId, params.id, after?.at ?? null, after?.id ?? null, query.limit + 1],
  );
  const items = rows.slice(0, query.limit).map((row) => callRowSchema.parse(row));
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.startedAt, id: last.id }) } : {}),
  };
}

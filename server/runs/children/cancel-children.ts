import type { Pool } from 'pg';
import type { Engine } from '@/server/runs/engine/engine';
import { takeFromOutbox } from '@/server/runs/journal/child-rows';

type Parts = { pool: Pool; engine: Engine };

/** So many at a time share their commits. */
const together = 100;

/** Cancels runs, each with all below it. The caller reconciles their parents. */
export async function cancelRuns(
  parts: Parts,
  runIds: readonly string[],
  by: string,
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let from = 0; from < runIds.length; from += together) {
    await Promise.all(
      runIds.slice(from, from + together).map(async (id) => {
        // Only who asked for it in a request has so much time and no more.
        const left = until === Number.POSITIVE_INFINITY ? undefined : until - performance.now();
        await parts.engine.dispatch(id, { type: 'cancel', by }, left, { quiet: true });
        await cancelChildren(parts, id, undefined, until);
      }),
    );
  }
}

/** Ends the children of a run that has ended, or those of one round of a step, that nobody waits for any more. */
export async function cancelChildren(
  parts: Parts,
  runId: string,
  of?: { stepId: string; round: number },
  until?: number,
): Promise<void> {
  for (;;) {
    const { rows } = await parts.pool.query<{ id: string }>(
      `select c.id from run c where c.parent_run_id = $1 and c.finished_at is null
         and ($2::text is null or c.parent_step_id = $2) and ($3::int is null or c.parent_round = $3) limit $4`,
      [runId, of?.stepId ?? null, of?.round ?? null, together],
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await cancelRuns(parts, ids, 'parent', until);
    await takeFromOutbox(parts.pool, ids);
  }
}

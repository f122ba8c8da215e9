import type { Pool } from 'pg';
import type { CallRow } from './store';

/** Which of a step's runs of workflows a call is, counted from 0. */
export async function callRound(
  pool: Pool,
  { runId, stepId, turn, position }: Pick<CallRow, 'runId' | 'stepId' | 'turn' | 'position'>,
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from tool_call
     where run_id = $1 and step_id = $2 and round is not null and (turn, position) < ($3::int, $4::int)`,
    [runId, stepId, turn, position],
  );
  return rows[0]?.count ?? 0;
}

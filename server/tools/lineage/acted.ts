import type { Pool } from 'pg';

/**
 * Titles of tools that the runs of a step's round used, and those below them, whose effect cannot be taken back: also of
 * calls of which nobody knows whether they happened. What begins a run is told by the calls of that run.
 */
export async function actedBelow(
  pool: Pool,
  { runId, stepId, round }: { runId: string; stepId: string; round: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ title: string }>(
    `with recursive down as (
       select id from run where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3
       union all select r.id from down join run r on r.parent_run_id = down.id
     )
     select distinct c.title from down join tool_call c on c.run_id = down.id
     where c.effect = 'once' and c.round is null and c.state in ('running', 'done', 'unknown')
       and c.started_at is not null
     order by c.title`,
    [runId, stepId, round],
  );
  return rows.map(({ title }) => title);
}

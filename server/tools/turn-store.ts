import type { Pool } from 'pg';
import { numberOf, picoOfNumber } from '@/lib/spending/pico';
import type { AgentTurn, TaskOpening } from '@/lib/tools/task';
import { type CallRow, callColumns } from './store';

type StepPlace = { workspaceId: string; runId: string; stepId: string };
type StoredTurn<Data> = { turn: number; data: Data; costUsd: number; at: Date };

/**
 * Keeps a turn, unless one stands there already: then that one counts. Written after the model has answered and before
 * anything of it is done.
 */
export async function keepTurn<Data extends TaskOpening | AgentTurn>(
  pool: Pool,
  { workspaceId, runId, stepId }: StepPlace,
  { turn, data, costUsd }: { turn: number; data: Data; costUsd: number },
): Promise<{ data: Data; at: Date }> {
  const { rows } = await pool.query<{ data: Data; at: Date }>(
    `with made as (
       insert into agent_turn (run_id, step_id, turn, workspace_id, data, cost_pico) values ($1, $2, $3, $4, $5, $6)
       on conflict (run_id, step_id, turn) do nothing returning data, created_at)
     select data, created_at as at from made
     union all select data, created_at from agent_turn where run_id = $1 and step_id = $2 and turn = $3 limit 1`,
    [runId, stepId, turn, workspaceId, JSON.stringify(data), picoOfNumber(costUsd)],
  );
  const [row] = rows;
  if (row !== undefined) return row;
  // Another attempt was first, at this very moment.
  const { rows: theirs } = await pool.query<{ data: Data; at: Date }>(
    'select data, created_at as at from agent_turn where run_id = $1 and step_id = $2 and turn = $3',
    [runId, stepId, turn],
  );
  if (theirs[0] === undefined) throw new Error('a turn that is neither new nor there');
  return theirs[0];
}

/** Undefined when the workspace has no such run. */
export async function turnsOfStep(
  pool: Pool,
  { workspaceId, runId, stepId }: StepPlace,
): Promise<{ opening: TaskOpening | undefined; turns: StoredTurn<AgentTurn>[] } | undefined> {
  const { rows } = await pool.query<{ opening: TaskOpening | null }>(
    `select (select data from agent_turn t where t.run_id = r.id and t.step_id = $3 and t.turn = 0) as opening
     from run r where r.id = $1 and r.workspace_id = $2`,
    [runId, workspaceId, stepId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const found = await pool.query<Omit<StoredTurn<AgentTurn>, 'costUsd'> & { costPico: string }>(
    `select turn, data, cost_pico as "costPico", created_at as at from agent_turn
     where run_id = $1 and step_id = $2 and workspace_id = $3 and turn > 0 order by turn`,
    [runId, stepId, workspaceId],
  );
  const turns = found.rows.map(({ costPico, ...turn }) => ({
    ...turn,
    costUsd: numberOf(BigInt(costPico)),
  }));
  return { opening: row.opening ?? undefined, turns };
}

export async function callsOfStep(
  pool: Pool,
  { workspaceId, runId, stepId }: StepPlace,
): Promise<CallRow[]> {
  const { rows } = await pool.query<CallRow>(
    `select ${callColumns} from tool_call c
     where run_id = $1 and step_id = $2 and workspace_id = $3 order by turn, position`,
    [runId, stepId, workspaceId],
  );
  return rows;
}

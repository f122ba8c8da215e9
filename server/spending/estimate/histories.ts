import type { Pool } from 'pg';
import type { Range } from '@/lib/spending/estimate';
import type { Pico } from '@/lib/spending/pico';
import { realCalls } from '../calls/real-calls';

export type History = { samples: number; cost: Range<Pico>; durationMs: Range<number> };

/** Runs that an estimate looks at, the newest. */
const newest = 200;

type Row = {
  node_id?: string;
  samples: number;
  cost50: string;
  cost95: string;
  ms50: number;
  ms95: number;
};

const toHistory = (row: Row): History => ({
  samples: row.samples,
  cost: { p50: BigInt(row.cost50), p95: BigInt(row.cost95) },
  durationMs: { p50: row.ms50, p95: row.ms95 },
});

const quantiles = `count(*)::int as samples,
  percentile_disc(0.5) within group (order by cost)::bigint as cost50,
  percentile_disc(0.95) within group (order by cost)::bigint as cost95,
  percentile_disc(0.5) within group (order by ms)::float8 as ms50,
  percentile_disc(0.95) within group (order by ms)::float8 as ms95`;

/** What each step of a workflow cost in a run, all its calls together, by the id of its node. */
export async function stepHistories(
  pool: Pool,
  workspaceId: string,
  workflowId: string,
): Promise<Map<string, History>> {
  const { rows } = await pool.query<Row & { node_id: string }>(
    `with calls as (
       select root_run_id, node_id, sum(cost_pico) as cost, sum(duration_ms) as ms from model_call
       where workspace_id = $1 and $2 = any(workflow_ids) and ${realCalls} and cached_from is null
         and state <> 'held' and started_at > now() - interval '60 days'
       group by 1, 2
     ) select node_id, ${quantiles} from calls group by 1`,
    [workspaceId, workflowId],
  );
  return new Map(rows.map((row) => [row.node_id, toHistory(row)]));
}

/** What whole runs of a workflow took that ended well, the newest. */
export async function runHistory(
  pool: Pool,
  workspaceId: string,
  workflowId: string,
): Promise<History | undefined> {
  const { rows } = await pool.query<Row>(
    `with runs as (
       select extract(epoch from finished_at - started_at) * 1000 as ms, cost_pico as cost from run
       where workspace_id = $1 and workflow_id = $2 and mode = 'live' and status = 'succeeded' and not scripted
         and started_at is not null and parent_run_id is null
       order by created_at desc limit ${newest}
     ) select ${quantiles} from runs having count(*) > 0`,
    [workspaceId, workflowId],
  );
  return rows[0] && toHistory(rows[0]);
}

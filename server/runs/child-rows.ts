import type { Pool } from 'pg';
import type { ChildOutcome } from '@/lib/nodes/define-node';
import type { Usage } from '@/lib/runs/schema';
import { readRun } from './store';

/** More than a step has rounds: a step that is tried again starts runs of its own instead of reading the old ones. */
const roundsPerTry = 100_000;

/** A step's round as the rows number it, after so many failures. */
export const storedRound = (round: number, failures = 0): number => round + failures * roundsPerTry;

/** The round as the step counts it. */
export const shownRound = (stored: number): number => stored % roundsPerTry;

/** How the children of a step stand. */
export type ChildState = {
  /** How many are not over. */
  live: number;
  /** The index of the next one to begin. */
  next: number;
  failed: boolean;
};

export async function childState(
  pool: Pool,
  runId: string,
  stepId: string,
  round: number,
): Promise<ChildState> {
  const { rows } = await pool.query<ChildState>({
    name: 'run-children',
    text: `select
      (select count(*)::int from run where parent_run_id = $1 and finished_at is null
         and parent_step_id = $2 and parent_round = $3) as live,
      (select coalesce(max(parent_index) + 1, 0) from run
         where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3) as next,
      exists (select 1 from run where parent_run_id = $1 and status in ('failed', 'cancelled')
         and parent_step_id = $2 and parent_round = $3) as failed`,
    values: [runId, stepId, round],
  });
  return rows[0] ?? { live: 0, next: 0, failed: false };
}

/** What all children of a round have used together, and what those below them have. */
export async function usageOfChildren(
  pool: Pool,
  runId: string,
  stepId: string,
  round: number,
): Promise<Usage> {
  const { rows } = await pool.query<Usage>(
    `select coalesce(sum(input_tokens), 0)::float8 as "inputTokens",
       coalesce(sum(output_tokens), 0)::float8 as "outputTokens", coalesce(sum(cost_usd), 0) as "costUsd"
     from run where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3`,
    [runId, stepId, round],
  );
  return rows[0] ?? { inputTokens: 0, outputTokens: 0, costUsd: 0 };
}

/** What children take from the run that starts them. */
export type Facts = {
  name: string;
  hash: string;
  startedBy: string | null;
  workflowId: string | null;
  version: number | null;
  rootId: string | null;
  depth: number;
  /** Workflows that this run and those above it run. */
  workflows: string[];
};

export async function readFacts(pool: Pool, runId: string): Promise<Facts> {
  const { rows } = await pool.query<Facts>(
    `with recursive above as (
       select id, parent_run_id, workflow_id from run where id = $1
       union all select r.id, r.parent_run_id, r.workflow_id from run r join above a on r.id = a.parent_run_id
     )
     select name, definition_hash as hash, started_by as "startedBy", workflow_id as "workflowId", version_number as version,
       root_run_id as "rootId", depth,
       array(select distinct workflow_id::text from above where workflow_id is not null) as workflows
     from run where id = $1`,
    [runId],
  );
  if (rows[0] === undefined) throw new Error(`There is no run ${runId}.`);
  return rows[0];
}

/** An ended run whose family has heard of it asks for nothing more. */
export async function takeFromOutbox(pool: Pool, runId: string): Promise<void> {
  await pool.query(
    'update run set wake_at = null where id = $1 and finished_at is not null and wake_at is not null',
    [runId],
  );
}

/** The ends of all children of a round that are over, in order; `results`: with what failed ones came to. */
export async function readOutcomes(
  pool: Pool,
  runId: string,
  stepId: string,
  round: number,
  { results = false }: { results?: boolean } = {},
): Promise<ChildOutcome[]> {
  const { rows } = await pool.query<{
    id: string;
    index: number;
    status: string;
    output: unknown;
    error: { code: string; message: string } | null;
  }>(
    `select id, parent_index as index, status, output, error from run
     where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3 and finished_at is not null
     order by parent_index`,
    [runId, stepId, round],
  );
  return Promise.all(
    rows.map(async ({ id, index, status, output, error: known }): Promise<ChildOutcome> => {
      if (status === 'succeeded') return { index, ok: true, output };
      const error = known ?? { code: status, message: `It was ${status}.` };
      return {
        index,
        ok: false,
        error,
        ...(results ? { results: await readResults(pool, id) } : {}),
      };
    }),
  );
}

/** Outputs of the steps of a run that succeeded, by id. */
async function readResults(pool: Pool, id: string): Promise<Record<string, unknown>> {
  const run = await readRun(pool, id);
  return Object.fromEntries(
    Object.entries(run?.state.steps ?? {}).flatMap(([stepId, { status, output }]) =>
      status === 'succeeded' ? [[stepId, output]] : [],
    ),
  );
}

import type { Pool } from 'pg';
import type { ChildOutcome } from '@/lib/nodes/node-type/define-node';
import type { Usage, UsageBelow } from '@/lib/runs/schema';
import { numberOf } from '@/lib/spending/pico';
import { readRun } from './store';

/** More rounds than a step can have. A later attempt numbers its rounds from here on, so that it begins runs of its own. */
export const roundsPerTry = 100_000;

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

/** The children of a run, step by step, and those that no step waits for, all of one moment. */
export type RunChildren = {
  /** Number of the run's last event at that moment. */
  seq: number;
  /** In the order of the steps that were asked about. */
  waits: ChildState[];
  /** Ids of children under way that none of these steps waits for; not all at once where there are many. */
  strays: string[];
};

/** Undefined when there is no such run. */
export async function readRunChildren(
  pool: Pool,
  runId: string,
  waits: readonly { stepId: string; round: number }[],
): Promise<RunChildren | undefined> {
  const { rows } = await pool.query<RunChildren>({
    name: 'run-children',
    text: `select p.seq, coalesce((
        select json_agg(json_build_object(
          'live', (select count(*) from run c where c.parent_run_id = $1 and c.finished_at is null
             and c.parent_step_id = w.step and c.parent_round = w.round),
          'next', (select coalesce(max(c.parent_index) + 1, 0) from run c
             where c.parent_run_id = $1 and c.parent_step_id = w.step and c.parent_round = w.round),
          'failed', exists (select 1 from run c where c.parent_run_id = $1 and c.status in ('failed', 'cancelled')
             and c.parent_step_id = w.step and c.parent_round = w.round)) order by w.place)
        from unnest($2::text[], $3::int[]) with ordinality as w(step, round, place)), '[]') as waits,
      array(select c.id::text from run c where c.parent_run_id = $1 and c.finished_at is null and not exists (
        select 1 from unnest($2::text[], $3::int[]) as w(step, round)
        where w.step = c.parent_step_id and w.round = c.parent_round) limit 100) as strays
     from run p where p.id = $1`,
    values: [runId, waits.map(({ stepId }) => stepId), waits.map(({ round }) => round)],
  });
  return rows[0];
}

/** What all children of a round have used together, and what those below them have. */
export async function usageOfChildren(
  pool: Pool,
  runId: string,
  stepId: string,
  round: number,
): Promise<UsageBelow> {
  const { rows } = await pool.query<
    Omit<Usage, 'costUsd'> & { costPico: string; scripted: boolean }
  >(
    `select coalesce(sum(input_tokens), 0)::float8 as "inputTokens",
       coalesce(sum(output_tokens), 0)::float8 as "outputTokens", coalesce(sum(cost_pico), 0) as "costPico",
       coalesce(bool_or(scripted), false) as scripted
     from run where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3`,
    [runId, stepId, round],
  );
  const { scripted, costPico, ...tokens } = rows[0] ?? {
    inputTokens: 0,
    outputTokens: 0,
    costPico: '0',
    scripted: false,
  };
  const usage = { ...tokens, costUsd: numberOf(BigInt(costPico)) };
  return { ...usage, ...(scripted ? { scripted: true as const } : {}) };
}

/** What children take from the run that starts them. */
export type Facts = {
  name: string;
  hash: string;
  startedBy: string | null;
  workflowId: string | null;
  version: number | null;
  /** When its draft was frozen, in milliseconds since 1970; null for a run of a version. */
  draftAt: number | null;
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
       (extract(epoch from draft_at) * 1000)::float8 as "draftAt",
       root_run_id as "rootId", depth,
       array(select distinct workflow_id::text from above where workflow_id is not null) as workflows
     from run where id = $1`,
    [runId],
  );
  if (rows[0] === undefined) throw new Error(`There is no run ${runId}.`);
  return rows[0];
}

/** Ended runs whose parent knows of it ask for nothing more. */
export async function takeFromOutbox(pool: Pool, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await pool.query(
    `update run set wake_at = null where id in (
       select id from run where id = any($1::uuid[]) and finished_at is not null and wake_at is not null
       order by id for update skip locked)`,
    [runIds],
  );
}

/** The ends of all children of a round that are over, in order; `results`: with what failed ones came to; `failures`: with what failed in others. */
export async function readOutcomes(
  pool: Pool,
  runId: string,
  stepId: string,
  round: number,
  { results = false, failures = false }: { results?: boolean; failures?: boolean } = {},
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
      if (status === 'succeeded') {
        const more = failures ? { failures: await readFailures(pool, id) } : {};
        return { index, ok: true, output, ...more };
      }
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

async function readFailures(pool: Pool, id: string): Promise<Record<string, string>> {
  const run = await readRun(pool, id);
  return Object.fromEntries(
    Object.entries(run?.state.steps ?? {}).flatMap(([stepId, { status, error }]) =>
      status === 'failed' && error !== undefined ? [[stepId, error.message]] : [],
    ),
  );
}

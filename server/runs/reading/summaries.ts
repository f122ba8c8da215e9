import type { Pool } from 'pg';
import type { RunSummary } from '@/lib/runs/contract';
import type { Failure, RunMode, RunStatus, RunTrigger } from '@/lib/runs/schema';
import { numberOf } from '@/lib/spending/pico';
import { shownRound } from '@/server/runs/journal/child-rows';

type Row = {
  id: string;
  workflow_id: string | null;
  name: string;
  thread_id: string | null;
  version_number: number | null;
  draft_at: Date | null;
  status: RunStatus;
  mode: RunMode;
  trigger: RunTrigger;
  started_by: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  input_tokens: string;
  output_tokens: string;
  /** A whole number, as text. */
  cost_pico: string;
  scripted: boolean;
  error: Failure | null;
  forked_from: string | null;
  only_step: string | null;
  only_name: string | null;
  parent_run_id: string | null;
  root_run_id: string | null;
  parent_step_id: string | null;
  parent_round: number | null;
  parent_index: number | null;
};

const columns = `r.id, r.workflow_id, r.name, r.thread_id, r.version_number, r.draft_at, r.status, r.mode, r.trigger,
  coalesce(u.name, r.started_by) as started_by, r.created_at, r.started_at, r.finished_at, r.input_tokens,
  r.output_tokens, r.cost_pico, r.scripted, r.error, r.forked_from, r.only_step, r.only_name, r.parent_run_id, r.parent_step_id, r.parent_round,
  r.parent_index, r.root_run_id`;
const tables = 'run r left join "user" u on u.id = r.started_by';

export type RunFilter = {
  workspaceId: string;
  ids?: readonly string[];
  workflowId?: string;
  threadId?: string;
  forkedFrom?: string;
  only?: string;
  status?: RunStatus;
  mode?: RunMode;
  trigger?: RunTrigger;
  /** Runs that come after this one in the order of the list. */
  before?: { createdAt: Date; id: string };
  limit: number;
};

/** Runs of one workspace, newest first. Those that steps started come only where they are asked for by id. */
export async function readSummaries(pool: Pool, filter: RunFilter): Promise<RunSummary[]> {
  const conditions = ['r.workspace_id = $1'];
  const values: unknown[] = [filter.workspaceId];
  const where = (sql: (parameter: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(sql(`$${values.length}`));
  };
  where((p) => `r.id = any(${p}::uuid[])`, filter.ids);
  where((p) => `r.workflow_id = ${p}`, filter.workflowId);
  where((p) => `r.thread_id = ${p}`, filter.threadId);
  where((p) => `r.forked_from = ${p}`, filter.forkedFrom);
  where((p) => `r.only_step = ${p}`, filter.only);
  where((p) => `r.status = ${p}`, filter.status);
  where((p) => `r.mode = ${p}`, filter.mode);
  where((p) => `r.trigger = ${p}`, filter.trigger);
  if (filter.ids === undefined) conditions.push('r.parent_run_id is null');
  if (filter.before !== undefined) {
    values.push(filter.before.createdAt, filter.before.id);
    conditions.push(`(r.created_at, r.id) < ($${values.length - 1}, $${values.length}::uuid)`);
  }
  values.push(filter.limit);
  const { rows } = await pool.query<Row>(
    `select ${columns} from ${tables} where ${conditions.join(' and ')}
     order by r.created_at desc, r.id desc limit $${values.length}`,
    values,
  );
  return rows.map(toSummary);
}

/** The newest runs of each workflow, at most `each`; those of one step alone say nothing of the whole. */
export async function readLastRuns(
  pool: Pool,
  workspaceId: string,
  workflowIds: readonly string[],
  each: number,
): Promise<RunSummary[]> {
  const { rows } = await pool.query<Row>(
    `select l.* from unnest($2::uuid[]) as w(id) cross join lateral (
       select ${columns} from ${tables} where r.workspace_id = $1 and r.workflow_id = w.id and r.parent_run_id is null
         and r.only_step is null
       order by r.created_at desc, r.id desc limit $3) l`,
    [workspaceId, workflowIds, each],
  );
  return rows.map(toSummary);
}

function toSummary(row: Row): RunSummary {
  return {
    id: row.id,
    ...parentOf(row),
    workflowId: row.workflow_id,
    workflowName: row.name,
    threadId: row.thread_id,
    version: row.version_number,
    ...(row.draft_at === null ? {} : { draft: row.draft_at.toISOString() }),
    status: row.status,
    mode: row.mode,
    trigger: row.trigger,
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    usage: {
      inputTokens: Number(row.input_tokens),
      outputTokens: Number(row.output_tokens),
      costUsd: numberOf(BigInt(row.cost_pico)),
    },
    scripted: row.scripted,
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.forked_from === null ? {} : { forkedFrom: row.forked_from }),
    ...(row.only_step === null
      ? {}
      : { only: { id: row.only_step, name: row.only_name ?? row.only_step } }),
  };
}

function parentOf(row: Row): Pick<RunSummary, 'parent'> {
  if (row.parent_run_id === null) return {};
  return {
    parent: {
      runId: row.parent_run_id,
      rootId: row.root_run_id ?? row.parent_run_id,
      stepId: row.parent_step_id ?? '',
      round: shownRound(row.parent_round ?? 0),
      index: row.parent_index ?? 0,
    },
  };
}

import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { countOf } from '@/lib/runs/blobs';
import type { listStepChildren as contract } from '@/lib/runs/contract';
import type { Failure, RunStatus, StepState } from '@/lib/runs/schema';
import { numberOf } from '@/lib/spending/pico';
import { shownRound } from '@/server/runs/journal/child-rows';
import type { Services } from '@/server/services';
import { readRunState } from './read-run';

/** Characters of what a run was given that a list shows. */
const shortLength = 160;

/** Runs that a step started, in their order, with how many are in which state. Throws `not_found`. */
export async function listChildren(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const state = await readRunState({ pool }, actor, params.id);
  if (!state.plan.steps.some(({ id }) => id === params.stepId)) {
    throw new AppError('not_found', 'There is no such step in this run.');
  }
  const { limit, status, cursor } = query;
  const after = readPlace(cursor);
  const [byStatus, rows] = await Promise.all([
    countByStatus(pool, params.id, params.stepId),
    childrenOf(pool, { ...params, status, after, limit: limit + 1 }),
  ]);
  const items = rows.slice(0, limit).map(toItem);
  const last = rows.slice(0, limit).at(-1);
  return {
    ...totals(byStatus, state.steps[params.stepId]),
    items,
    ...(rows.length > limit && last ? { nextCursor: `${last.round}.${last.index}` } : {}),
  };
}

type Place = { round: number; index: number };

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, round, index] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (round === undefined || index === undefined) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  return { round: Number(round), index: Number(index) };
}

type StatusCount = { round: number; status: RunStatus; count: number };

async function countByStatus(pool: Pool, runId: string, stepId: string): Promise<StatusCount[]> {
  const { rows } = await pool.query<StatusCount>(
    `select parent_round as round, status, count(*)::int as count from run
     where parent_run_id = $1 and parent_step_id = $2 group by 1, 2`,
    [runId, stepId],
  );
  return rows;
}

/** Of a round that is under way it is known how many there will be. */
function totals(byStatus: readonly StatusCount[], step: StepState | undefined) {
  const counts: Partial<Record<RunStatus, number>> = {};
  for (const { status, count } of byStatus) counts[status] = (counts[status] ?? 0) + count;
  const children = step?.wait?.children;
  const others = byStatus.filter(({ round }) => round !== children?.round);
  const begun = others.reduce((sum, { count }) => sum + count, 0);
  return { total: begun + (children ? countOf(children.inputs) : 0), counts };
}

type Row = {
  id: string;
  round: number;
  index: number;
  status: RunStatus;
  item: string;
  started_at: Date | null;
  finished_at: Date | null;
  /** A whole number, as text. */
  cost_pico: string;
  error: Failure | null;
};

type Asked = {
  id: string;
  stepId: string;
  status: RunStatus | undefined;
  after: Place | undefined;
  limit: number;
};

async function childrenOf(pool: Pool, asked: Asked): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select id, parent_round as round, parent_index as index, status,
       left(coalesce(input->'item'->'$blob'->'preview', input->'item', input)::text, ${shortLength + 1}) as item,
       started_at, finished_at, cost_pico, error
     from run
     where parent_run_id = $1 and parent_step_id = $2 and ($3::text is null or status = $3)
       and (parent_round, parent_index) > ($4, $5)
     order by parent_round, parent_index limit $6`,
    [
      asked.id,
      asked.stepId,
      asked.status ?? null,
      asked.after?.round ?? -1,
      asked.after?.index ?? -1,
      asked.limit,
    ],
  );
  return rows;
}

function toItem(row: Row): ResultOf<typeof contract>['items'][number] {
  return {
    id: row.id,
    round: shownRound(row.round),
    index: row.index,
    status: row.status,
    item: short(row.item),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    costUsd: numberOf(BigInt(row.cost_pico)),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

/** A text without its quotes; anything else as JSON. */
function short(json: string): string {
  const whole = json.length <= shortLength;
  if (!json.startsWith('"')) return whole ? json : `${json.slice(0, shortLength)}…`;
  return whole ? String(JSON.parse(json)) : `${json.slice(1, shortLength)}…`;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import { errorClassOf, isClosing } from '@/server/db/error-class';
import type { ChildState } from './child-rows';
import { columnsOf, stepRows } from './rows';
import { eventData, type NewRun, type ParentLink } from './store';

/** Runs that one step starts: what they have in common, and how many of them may be under way. */
export type Siblings = Omit<
  NewRun,
  'id' | 'input' | 'parentLink' | 'idempotency' | 'forkedFrom'
> & {
  parentLink: Omit<ParentLink, 'index'>;
  concurrency: number;
};

/** One of them, with its first events. */
export type NewChild = {
  id: string;
  index: number;
  input: unknown;
  state: RunState;
  events: readonly RunEvent[];
  wake: number | null;
};

/** How the siblings stood before this, and the ids of those that were begun now. */
export type Begun = ChildState & { begun: string[] };

/**
 * The rows are read under a lock of the parent that lasts as long as the statement, so that of several processes each
 * begins what the others have not. What may begin follows from the rows alone: nothing where others were faster, and
 * nothing where the parent is over or paused. Its row is locked against both, so that a run that ends or is paused at
 * this moment either is so already or has these children.
 */
const insertSql = `
with now as materialized (
  select live, next, failed from family_now($1, $2, $3)
), r as (
  insert into run (id, workspace_id, workflow_id, version_number, name, mode, trigger, status, started_by, definition,
    definition_hash, input, output, seq, wake_at, created_at, finished_at, parent_run_id, parent_step_id, parent_round,
    parent_index, root_run_id, depth, inherits, draft_at)
  select c.id, $4, $5, $6, $7, $8, $9, c.status, $10, $11, $12, c.input, c.output, c.seq, to_timestamp(c.wake / 1000.0),
    to_timestamp($13::bigint / 1000.0), to_timestamp(c.finished / 1000.0), $1, $2, $3, c.index, $14, $15, $16,
    to_timestamp($34::bigint / 1000.0)
  from now, unnest($17::uuid[], $18::int[], $19::json[], $20::text[], $21::json[], $22::int[], $23::bigint[], $24::bigint[])
    as c(id, index, input, status, output, seq, wake, finished)
  where c.index >= now.next and c.index < now.next + $25 - now.live and exists (
    select 1 from run p where p.id = $1 and p.finished_at is null and p.status <> 'paused' for share)
  on conflict do nothing returning id
), e as (
  insert into run_event (run_id, seq, at, type, data)
  select r.id, e.seq, to_timestamp(e.at / 1000.0), e.type, e.data
  from r join json_to_recordset($26::json) as e(run uuid, seq int, at bigint, type text, data json) on e.run = r.id
), s as (
  insert into step (run_id, step_id, node_id, status, attempt, finished_at)
  select r.id, s.step, s.node, s.status, s.attempt, to_timestamp(s.finished / 1000.0)
  from r join unnest($28::uuid[], $29::text[], $30::text[], $31::text[], $32::int[], $33::bigint[])
    as s(run, step, node, status, attempt, finished) on s.run = r.id
), a as (
  insert into audit (workspace_id, actor_id, action, subject_type, subject_id, detail)
  select $4, $10, 'run.started', 'run', r.id, json_build_object('mode', $8::text, 'trigger', $9::text) from r
), heard as (
  update run set wake_at = null where id in (
    select h.id from run h where h.id = any($27::uuid[]) and h.finished_at is not null and h.wake_at is not null
    order by h.id for update skip locked)
)
select live, next, failed, array(select id::text from r) as begun from now`;

const patienceMs = 5000;

/**
 * Begins as many of these children as there is room for, all in one statement, which also notes that the ends of the
 * runs named in `heard` are known. Where the connection broke in the middle those that it did begin are not named
 * again: their rows are due, so that the sweeper finds them.
 */
export async function beginChildren(
  pool: Pool,
  siblings: Siblings,
  children: readonly NewChild[],
  heard: readonly string[],
): Promise<Begun> {
  const values = valuesOf(siblings, children, heard);
  for (const until = performance.now() + patienceMs; ; ) {
    try {
      const name = 'run-begin-children';
      const { rows } = await pool.query<Begun>({ name, text: insertSql, values });
      if (rows[0] === undefined) throw new TypeError('The rows of the children say nothing.');
      return rows[0];
    } catch (error) {
      if (errorClassOf(error) === 'permanent' || isClosing(pool) || performance.now() > until)
        throw error;
      await sleep(100);
    }
  }
}

function valuesOf(
  { parentLink, ...shared }: Siblings,
  children: readonly NewChild[],
  heard: readonly string[],
): unknown[] {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  return [
    parentLink.runId,
    parentLink.stepId,
    parentLink.round,
    shared.workspaceId,
    shared.workflowId,
    shared.versionNumber,
    shared.name,
    shared.mode,
    shared.trigger,
    shared.startedBy,
    JSON.stringify(shared.plan),
    shared.definitionHash,
    children[0]?.state.createdAt,
    parentLink.rootId,
    parentLink.depth,
    parentLink.inherits,
    children.map(({ id }) => id),
    children.map(({ index }) => index),
    children.map(({ input }) => JSON.stringify(input ?? null)),
    children.map(({ state }) => state.status),
    children.map(({ state }) => json(state.output)),
    children.map(({ state }) => state.seq),
    children.map(({ wake }) => wake),
    children.map(({ state }) => state.finishedAt ?? null),
    shared.concurrency,
    JSON.stringify(
      children.flatMap(({ id, events }) =>
        events.map((event) => ({
          run: id,
          seq: event.seq,
          at: event.at,
          type: event.type,
          data: eventData(event),
        })),
      ),
    ),
    heard,
    ...columnsOf(children.flatMap(stepsOf), 6),
    shared.draftAt,
  ];
}

/** The steps of one that is over already: it took over the results of all of them, or had none. */
function stepsOf({ id, state }: NewChild): unknown[][] {
  if (!isEnded(state.status)) return [];
  return stepRows(id, state).map(
    ([run, step, node, status, attempt, _worker, _started, finished]) => [
      ...[run, step, node, status, attempt, finished],
    ],
  );
}

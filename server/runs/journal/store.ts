import type { Pool } from 'pg';
import { refsIn } from '@/lib/runs/blobs';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { isEnded } from '@/lib/runs/engine/readiness';
import { fromSnapshot, initialState, type Snapshot } from '@/lib/runs/plan';
import type { Plan, RunEvent, RunMode, RunState, RunStatus, RunTrigger } from '@/lib/runs/schema';

/** Where a run that a step started belongs. */
export type ParentLink = {
  /** The run and its step that started this one, which time that was, and the place among those started then. */
  runId: string;
  stepId: string;
  round: number;
  index: number;
  /** The run above all. */
  rootId: string;
  /** How many runs are above it. */
  depth: number;
  /** Whether its expressions see what those of the starting step see. */
  inherits: boolean;
};

/** A run as it stands in the rows. */
export type StoredRun = {
  state: RunState;
  workspaceId: string;
  /** Of a run that no step has begun yet and no other run started: how many of its workspace are under way. */
  busy?: number;
  parentLink?: ParentLink;
  /** The row's `wake_at`, in milliseconds since 1970. */
  wake: number | null;
  snapshotSeq: number;
  snapshotBytes: number;
  /** Size of the events after the snapshot. */
  eventBytes: number;
};

type Row = {
  id: string;
  workspace_id: string;
  definition: Plan;
  mode: RunMode;
  input: unknown;
  seq: number;
  snapshot: Snapshot | null;
  snapshot_seq: number;
  snapshot_bytes: number | null;
  wake_at: Date | null;
  created_at: Date;
  parentLink: ParentLink | null;
  busy: number | null;
  events: [seq: number, at: number, type: string, data: object][];
  event_bytes: number;
};

const readSql = (which: string) => `
select r.workspace_id, r.definition, r.mode, r.input, r.seq, r.snapshot, r.snapshot_seq, r.wake_at, r.created_at,
  case when r.parent_run_id is not null then json_build_object('runId', r.parent_run_id, 'stepId', r.parent_step_id,
    'round', r.parent_round, 'index', r.parent_index, 'rootId', r.root_run_id, 'depth', r.depth,
    'inherits', r.inherits) end as "parentLink",
  case when r.started_at is null and r.parent_run_id is null and r.finished_at is null then (
    select count(*)::int from run o
    where o.workspace_id = r.workspace_id and o.parent_run_id is null and o.status = 'running') end as busy,
  octet_length(r.snapshot::text) as snapshot_bytes, e.events, coalesce(e.bytes, 0)::int as event_bytes, r.id
from run r
left join lateral (
  select json_agg(json_build_array(e.seq, (extract(epoch from e.at) * 1000)::bigint, e.type, e.data) order by e.seq)
      as events,
    sum(octet_length(e.data::text)) as bytes
  from run_event e where e.run_id = r.id and e.seq > r.snapshot_seq
) e on true
where ${which}`;
const oneSql = readSql('r.id = $1');
const severalSql = readSql('r.id = any($1::uuid[])');

/** The run replayed from its snapshot and the events behind it, all of one moment; undefined when there is none. */
export async function readRun(pool: Pool, runId: string): Promise<StoredRun | undefined> {
  const { rows } = await pool.query<Row>({ name: 'run-read', text: oneSql, values: [runId] });
  return rows[0] && storedRun(rows[0]);
}

/** The same of several at once, by id. */
export async function readRuns(
  pool: Pool,
  runIds: readonly string[],
): Promise<Map<string, StoredRun>> {
  const { rows } = await pool.query<Row>({
    ...{ name: 'runs-read', text: severalSql },
    values: [runIds],
  });
  return new Map(rows.map((row) => [row.id, storedRun(row)]));
}

function storedRun(row: Row): StoredRun {
  const { definition: plan, mode, input } = row;
  const first =
    row.snapshot === null
      ? initialState(plan, { mode, input, now: row.created_at.getTime() })
      : fromSnapshot(row.snapshot, { plan, mode, input });
  const events = (row.events ?? []).map(
    ([seq, at, type, data]) => ({ ...data, seq, at, type }) as RunEvent,
  );
  return {
    state: evolveAll(first, events),
    workspaceId: row.workspace_id,
    ...(row.parentLink === null ? {} : { parentLink: row.parentLink }),
    ...(row.busy === null ? {} : { busy: row.busy }),
    wake: row.wake_at?.getTime() ?? null,
    snapshotSeq: row.snapshot_seq,
    snapshotBytes: row.snapshot_bytes ?? 0,
    eventBytes: row.event_bytes,
  };
}

/** The part of an event that its row's columns do not hold. */
export function eventData(event: RunEvent): object {
  const { seq: _seq, at: _at, type: _type, ...data } = event;
  return data;
}

export type NewRun = {
  id: string;
  workspaceId: string;
  workflowId?: string;
  versionNumber?: number;
  /** When the draft that it runs was frozen, in milliseconds since 1970; absent for a run of a version. */
  draftAt?: number;
  threadId?: string;
  name: string;
  mode: RunMode;
  trigger: RunTrigger;
  startedBy?: string;
  /** The same key with the same hash names the same run, for a week. */
  idempotency?: { key: string; requestHash: string };
  plan: Plan;
  definitionHash: string;
  input: unknown;
  parentLink?: ParentLink;
  /** The run whose results it reuses. */
  forkedFrom?: string;
  /** The one step that it runs, with the step's name as it was. */
  only?: { id: string; name: string };
  /** Other runs, of this workspace, whose outputs its first events hold. */
  valuesOf?: readonly string[];
};

const insertSql = (more: string) => `
with recursive r as (
  insert into run (id, workspace_id, workflow_id, version_number, thread_id, name, mode, trigger, status, started_by,
    idempotency_key, request_hash, definition, definition_hash, input, output, seq, wake_at, created_at, finished_at,
    parent_run_id, parent_step_id, parent_round, parent_index, root_run_id, depth, inherits, forked_from, draft_at,
    only_step, only_name)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $22, $23, $24, $25, $26, $27, $28, $29, $31, $32, $33
  -- Locked, so that a run that ends or is paused at this moment either is so already or has this child.
  where $22::uuid is null or exists (
    select 1 from run p where p.id = $22 and p.finished_at is null and p.status <> 'paused' for share)
  on conflict do nothing returning id
), e as (
  insert into run_event (run_id, seq, at, type, data)
  select r.id, e.seq, to_timestamp(e.at / 1000.0), e.type, e.data
  from r, json_to_recordset($21::json) as e(seq int, at bigint, type text, data json)
), s as (
  -- Of one that is over already: it took over the results of all steps, or has none.
  insert into step (run_id, step_id, node_id, status, attempt, finished_at)
  select r.id, s.step, s.node, s.status, s.attempt, to_timestamp(s.finished / 1000.0)
  from r, json_to_recordset($30::json) as s(step text, node text, status text, attempt int, finished bigint)
), a as (
  insert into audit (workspace_id, actor_id, action, subject_type, subject_id, detail)
  select $2, $10, 'run.started', 'run', r.id, json_build_object('mode', $7::text, 'trigger', $8::text) from r
)${more}
select id from r`;

/** Large values of the runs whose results are reused, and those that they hold. */
const takeBlobsSql = `, wanted as (
  select unnest($34::text[]) as hash
  union select unnest(b.holds) from wanted w
    join run_blob b on b.root_run_id = any($35::uuid[]) and b.hash = w.hash
), taken as (
  insert into run_blob (root_run_id, hash, data, holds)
  select distinct on (b.hash) r.id, b.hash, b.data, b.holds
  from r, wanted w join run_blob b on b.root_run_id = any($35::uuid[]) and b.hash = w.hash
)`;

/** Inserts a run with its first events; returns false when its id or its idempotency key is there already. */
export async function insertRun(
  pool: Pool,
  run: NewRun,
  state: RunState,
  events: readonly RunEvent[],
  wake: number | null,
): Promise<boolean> {
  const origins = [
    ...(run.forkedFrom === undefined ? [] : [run.forkedFrom]),
    ...(run.valuesOf ?? []),
  ];
  const blobs = origins.length === 0 ? [] : refsIn(events).map(({ $blob }) => $blob.hash);
  const date = (at: number | null | undefined) => (at == null ? null : new Date(at));
  const { rowCount } = await pool.query({
    name: blobs.length === 0 ? 'run-insert' : 'run-insert-fork',
    text: insertSql(blobs.length === 0 ? '' : takeBlobsSql),
    values: [
      run.id,
      run.workspaceId,
      run.workflowId,
      run.versionNumber,
      run.threadId,
      run.name,
      run.mode,
      run.trigger,
      state.status,
      run.startedBy,
      run.idempotency?.key,
      run.idempotency?.requestHash,
      JSON.stringify(run.plan),
      run.definitionHash,
      JSON.stringify(run.input ?? null),
      state.output === undefined ? null : JSON.stringify(state.output),
      state.seq,
      date(wake),
      date(state.createdAt),
      date(state.finishedAt),
      JSON.stringify(
        events.map((event) => ({
          seq: event.seq,
          at: event.at,
          type: event.type,
          data: eventData(event),
        })),
      ),
      run.parentLink?.runId,
      run.parentLink?.stepId,
      run.parentLink?.round,
      run.parentLink?.index,
      run.parentLink?.rootId,
      run.parentLink?.depth ?? 0,
      run.parentLink?.inherits ?? false,
      run.forkedFrom,
      JSON.stringify(isEnded(state.status) ? endedSteps(state) : []),
      date(run.draftAt),
      run.only?.id,
      run.only?.name,
      ...(blobs.length === 0 ? [] : [blobs, origins]),
    ],
  });
  return rowCount === 1;
}

const endedSteps = ({ plan, steps }: RunState) =>
  plan.steps.map(({ id, nodeId }) => {
    const { status, attempt, finishedAt } = steps[id] ?? {};
    return { step: id, node: nodeId, status, attempt, finished: finishedAt };
  });

/** The run that this id or this key already names. Keys older than a week are let go. */
export async function findExisting(
  pool: Pool,
  run: Pick<NewRun, 'id' | 'workspaceId' | 'idempotency'>,
): Promise<{ id: string; requestHash: string | null } | 'let-go' | undefined> {
  const { rows } = await pool.query<{ id: string; request_hash: string | null; old: boolean }>(
    `select id, request_hash, created_at < now() - interval '7 days' as old from run
     where id = $1 or (workspace_id = $2 and idempotency_key = $3) order by id = $1 desc limit 1`,
    [run.id, run.workspaceId, run.idempotency?.key],
  );
  const found = rows[0];
  if (found === undefined) return undefined;
  if (found.id === run.id || !found.old) return { id: found.id, requestHash: found.request_hash };
  await pool.query(
    "update run set idempotency_key = null where id = $1 and created_at < now() - interval '7 days'",
    [found.id],
  );
  return 'let-go';
}

/** The run that a key names, where it is not older than a week. */
export async function findKeyed(
  pool: Pool,
  workspaceId: string,
  key: string,
): Promise<{ id: string; requestHash: string | null; status: RunStatus } | undefined> {
  const { rows } = await pool.query<{ id: string; requestHash: string | null; status: RunStatus }>(
    `select id, request_hash as "requestHash", status from run
     where workspace_id = $1 and idempotency_key = $2 and created_at >= now() - interval '7 days'`,
    [workspaceId, key],
  );
  return rows[0];
}

/** Number of a run's last event; undefined when there is no such run. */
export async function readSeq(pool: Pool, runId: string): Promise<number | undefined> {
  const text = 'select seq from run where id = $1';
  const { rows } = await pool.query<{ seq: number }>({ name: 'run-seq', text, values: [runId] });
  return rows[0]?.seq;
}

/** Events of a run after a number, in order, at most `limit`. */
export async function readEvents(
  pool: Pool,
  runId: string,
  after: number,
  limit: number,
): Promise<RunEvent[]> {
  const { rows } = await pool.query<{ seq: number; at: Date; type: string; data: object }>(
    'select seq, at, type, data from run_event where run_id = $1 and seq > $2 order by seq limit $3',
    [runId, after, limit],
  );
  return rows.map(
    ({ seq, at, type, data }) => ({ seq, at: at.getTime(), type, ...data }) as RunEvent,
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Snapshot } from '@/lib/runs/plan';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import { errorClassOf, isClosing } from '@/server/db/error-class';
import type { Log } from '@/server/log';
import type { AuditLine } from './audit';
import type { RunNotice } from './notices';
import { columnsOf, type Rows, rowsOf } from './rows';

/** What is appended to one run's journal. */
export type Append = {
  runId: string;
  /** Number of the last event that the writer knew. */
  expectedVersion: number;
  events: readonly RunEvent[];
  /** The run after them. */
  state: RunState;
  wake: number | null;
  snapshot?: Snapshot;
  /** What people did here, told in the same commit. */
  audits?: readonly AuditLine[];
  /** What people are to be notified of, noted in the same commit. */
  notices?: readonly RunNotice[];
};

export type Committer = {
  /**
   * Writes events, step rows and the run's row in one commit. `conflict`: the run has moved on since `expected`,
   * and nothing was written. Waits for a database that is away, at most `patienceMs`, then throws `unavailable`.
   * When the connection breaks in the middle it finds out what became of the statement, so the answer is never
   * a guess.
   */
  commit(append: Append, patienceMs?: number): Promise<'done' | 'conflict'>;
};

type Entry = {
  append: Append;
  rows: Rows;
  until: number;
  resolve(result: 'done' | 'conflict'): void;
  reject(error: unknown): void;
};

/** While one statement waits for the disk the next one can be worked out. */
const maxFlights = 2;
const maxEntries = 128;
const maxCharacters = 4_000_000;
const queryTimeoutMs = 15_000;

/** Steps of a run are written with its end; until then the journal and `held` say all. `more`: a further part. */
const commitSql = (more = '') => `
with given as (
  select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::bigint[], $6::json[], $7::json[], $8::bigint[],
    $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::json[], $14::json[], $15::bool[])
  as g(id, expected, seq, status, wake, output, error, input_tokens, output_tokens, cost, started, finished, held, snapshot,
    scripted)
), moved as (
  update run r set seq = g.seq, status = g.status, wake_at = to_timestamp(g.wake / 1000.0), output = g.output,
    error = g.error, input_tokens = g.input_tokens, output_tokens = g.output_tokens, cost_pico = g.cost,
    started_at = to_timestamp(g.started / 1000.0), finished_at = to_timestamp(g.finished / 1000.0), held = g.held,
    scripted = g.scripted,
    snapshot = coalesce(g.snapshot, r.snapshot),
    snapshot_seq = case when g.snapshot is null then r.snapshot_seq else g.seq end
  from given g where r.id = g.id and r.seq = g.expected
  returning r.id
), written as (
  insert into run_event (run_id, seq, at, type, data)
  select e.run, e.seq, to_timestamp(e.at / 1000.0), e.type, e.data
  from unnest($16::uuid[], $17::int[], $18::bigint[], $19::text[], $20::json[]) as e(run, seq, at, type, data)
  join moved m on m.id = e.run
), projected as (
  insert into step (run_id, step_id, node_id, status, attempt, worker_id, started_at, finished_at)
  select p.run, p.step, p.node, p.status, p.attempt, p.worker, to_timestamp(p.started / 1000.0),
    to_timestamp(p.finished / 1000.0)
  from unnest($21::uuid[], $22::text[], $23::text[], $24::text[], $25::int[], $26::uuid[], $27::bigint[], $28::bigint[])
    as p(run, step, node, status, attempt, worker, started, finished)
  join moved m on m.id = p.run
)${more}
select id from moved`;

/** The same with what people are told of it, in the audit trail or by notifications: other commits do not pay for that. */
const toldSql = commitSql(`, audited as (
  insert into audit (workspace_id, actor_id, action, subject_type, subject_id)
  select a.workspace, a.actor, a.action, 'run', a.subject
  from unnest($29::uuid[], $30::text[], $31::text[], $32::text[], $33::text[])
    as a(run, workspace, actor, action, subject)
  join moved m on m.id = a.run
), noted as (
  insert into run_notice (run_id, step_id, kind, text)
  select n.run, n.step, n.kind, n.text from unnest($34::uuid[], $35::text[], $36::text[], $37::text[]) as n(run, step, kind, text)
  join moved m on m.id = n.run
  on conflict do nothing
)`);
const plainSql = commitSql();

/** The same for one run that goes on, as most do when a process has little to do: a plainer plan, half the time. */
const commitOneSql = `
with moved as (
  update run r set seq = $3, status = $4, wake_at = to_timestamp($5::bigint / 1000.0), output = $6, error = $7,
    input_tokens = $8, output_tokens = $9, cost_pico = $10, started_at = to_timestamp($11::bigint / 1000.0),
    finished_at = to_timestamp($12::bigint / 1000.0), held = $13, scripted = $15,
    snapshot = coalesce($14::json, r.snapshot),
    snapshot_seq = case when $14::json is null then r.snapshot_seq else $3 end
  where r.id = $1 and r.seq = $2
  returning r.id
), written as (
  insert into run_event (run_id, seq, at, type, data)
  select m.id, e.seq, to_timestamp(e.at / 1000.0), e.type, e.data
  from moved m, unnest($16::int[], $17::bigint[], $18::text[], $19::json[]) as e(seq, at, type, data)
)
select id from moved`;

/** Commits of concurrent runs share a statement: what arrives while one is under way goes into the next. */
export function createCommitter(pool: Pool, log: Log): Committer {
  const waiting: Entry[] = [];
  let flights = 0;

  const flush = async () => {
    if (flights >= maxFlights) return;
    flights += 1;
    while (waiting.length > 0) await write(pool, log, takeGroup(waiting));
    flights -= 1;
  };
  return {
    commit(append, patienceMs = Number.POSITIVE_INFINITY) {
      const { promise, resolve, reject } = Promise.withResolvers<'done' | 'conflict'>();
      const until = performance.now() + patienceMs;
      waiting.push({ append, rows: rowsOf(append), until, resolve, reject });
      void flush();
      return promise;
    },
  };
}

function takeGroup(waiting: Entry[]): Entry[] {
  let size = 0;
  let count = 0;
  for (const { rows } of waiting) {
    size += rows.size;
    if (count === maxEntries || (count > 0 && size > maxCharacters)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

/** Settles every entry of the group, one way or the other. */
async function write(pool: Pool, log: Log, group: Entry[]): Promise<void> {
  let left = group;
  let unsure = false;
  for (let wait = 20; left.length > 0; wait = Math.min(wait * 2, 1000)) {
    try {
      const moved = await send(pool, left);
      for (const entry of left) {
        if (moved.has(entry.append.runId)) entry.resolve('done');
        // A conflict after a broken connection may be with ourselves.
        else if (unsure && (await isWritten(pool, entry))) entry.resolve('done');
        else entry.resolve('conflict');
        left = left.filter((other) => other !== entry);
      }
      return;
    } catch (error) {
      const errorClass = errorClassOf(error);
      if (errorClass === 'permanent' && left.length > 1) {
        // One run's rows must not stop those of the others.
        for (const entry of left) await write(pool, log, [entry]);
        return;
      }
      unsure ||= errorClass === 'indeterminate';
      left = left.filter((entry) => {
        if (errorClass === 'permanent') entry.reject(error);
        else if (isClosing(pool) || performance.now() > entry.until)
          entry.reject(unavailable(error));
        else return true;
        return false;
      });
      if (left.length > 0) {
        log.warn({ err: error, runs: left.length, errorClass }, 'a commit of runs is tried again');
        await sleep(wait);
      }
    }
  }
}

async function send(pool: Pool, group: readonly Entry[]): Promise<Set<string>> {
  const [first] = group;
  if (
    first !== undefined &&
    group.length === 1 &&
    first.rows.steps.length === 0 &&
    !first.append.audits &&
    !first.append.notices
  ) {
    const events = columnsOf(first.rows.events, 5).slice(1);
    return idsOf(pool, 'run-commit-one', commitOneSql, [...first.rows.run, ...events]);
  }
  // In the order of their ids, so that two processes do not wait for each other.
  const sorted =
    group.length === 1
      ? group
      : [...group].sort((a, b) => (a.append.runId < b.append.runId ? -1 : 1));
  const runs = sorted.map((entry) => entry.rows.run);
  const events = sorted.flatMap((entry) => entry.rows.events);
  const steps = sorted.flatMap((entry) => entry.rows.steps);
  const values = [...columnsOf(runs, 15), ...columnsOf(events, 5), ...columnsOf(steps, 8)];
  const audits = sorted.flatMap(({ append: { runId, audits: lines = [] } }) =>
    lines.map((line) => [runId, line.workspaceId, line.actorId, line.action, line.runId]),
  );
  const notices = sorted.flatMap(({ append: { runId, notices: found = [] } }) =>
    found.map(({ stepId, kind, text }) => [runId, stepId, kind, text]),
  );
  if (audits.length + notices.length === 0) return idsOf(pool, 'run-commit', plainSql, values);
  const told = [...columnsOf(audits, 5), ...columnsOf(notices, 4)];
  return idsOf(pool, 'run-commit-told', toldSql, [...values, ...told]);
}

async function idsOf(
  pool: Pool,
  name: string,
  text: string,
  values: unknown[],
): Promise<Set<string>> {
  const timeout = { query_timeout: queryTimeoutMs };
  const { rows } = await pool.query<{ id: string }>({ name, text, values, ...timeout });
  return new Set(rows.map(({ id }) => id));
}

/** Whether exactly these events stand in the rows. */
async function isWritten(pool: Pool, { append, rows: { events } }: Entry): Promise<boolean> {
  if (events.length === 0) return false;
  const { rows } = await pool.query<{ same: number }>(
    `select count(*)::int as same
     from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::json[]) as g(run, seq, at, type, data)
     join run_event e on e.run_id = g.run and e.seq = g.seq and e.type = g.type
       and e.at = to_timestamp(g.at / 1000.0)::timestamptz(3) and e.data::text = g.data::text`,
    columnsOf(events, 5),
  );
  return rows[0]?.same === append.events.length;
}

const unavailable = (cause: unknown) => {
  const error = new AppError(
    'unavailable',
    'The database is not available. Try again in a moment.',
  );
  error.cause = cause;
  return error;
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Snapshot } from '@/lib/runs/plan';
import { planStep } from '@/lib/runs/readiness';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import type { Log } from '@/server/log';
import { eventData } from './store';
import { isClosing, troubleOf } from './trouble';

/** One run's next stretch of history. */
export type Stretch = {
  runId: string;
  /** Number of the last event that the writer knew. */
  expected: number;
  events: readonly RunEvent[];
  /** The run after them. */
  state: RunState;
  wake: number | null;
  snapshot?: Snapshot;
};

export type Committer = {
  /**
   * Writes events, step rows and the run's row in one commit. `conflict`: the run has moved on since `expected`,
   * and nothing was written. Waits for a database that is away, at most `patienceMs`, then throws `unavailable`.
   * When the connection breaks in the middle it finds out what became of the statement, so the answer is never
   * a guess.
   */
  commit(stretch: Stretch, patienceMs?: number): Promise<'done' | 'conflict'>;
};

type Entry = {
  stretch: Stretch;
  text: { run: string; events: string; steps: string; size: number };
  until: number;
  resolve(result: 'done' | 'conflict'): void;
  reject(error: unknown): void;
};

const mostEntries = 128;
const mostCharacters = 4_000_000;
const queryTimeoutMs = 15_000;

const commitSql = `
with given as (
  select * from json_to_recordset($1::json) as g(id uuid, expected int, seq int, status text, wake bigint, output json,
    error json, input_tokens bigint, output_tokens bigint, cost float8, started bigint, finished bigint, snapshot json)
), moved as (
  update run r set seq = g.seq, status = g.status, wake_at = to_timestamp(g.wake / 1000.0), output = g.output,
    error = g.error, input_tokens = g.input_tokens, output_tokens = g.output_tokens, cost_usd = g.cost,
    started_at = to_timestamp(g.started / 1000.0), finished_at = to_timestamp(g.finished / 1000.0),
    snapshot = coalesce(g.snapshot, r.snapshot),
    snapshot_seq = case when g.snapshot is null then r.snapshot_seq else g.seq end
  from given g where r.id = g.id and r.seq = g.expected
  returning r.id
), written as (
  insert into run_event (run_id, seq, at, type, data)
  select e.run, e.seq, to_timestamp(e.at / 1000.0), e.type, e.data
  from json_to_recordset($2::json) as e(run uuid, seq int, at bigint, type text, data json)
  join moved m on m.id = e.run
), projected as (
  insert into step as s (run_id, step_id, node_id, status, attempt, worker_id, started_at, finished_at)
  select p.run, p.step, p.node, p.status, p.attempt, p.worker, to_timestamp(p.started / 1000.0),
    to_timestamp(p.finished / 1000.0)
  from json_to_recordset($3::json) as p(run uuid, step text, node text, status text, attempt int, worker uuid,
    started bigint, finished bigint)
  join moved m on m.id = p.run
  on conflict (run_id, step_id) do update set status = excluded.status, attempt = excluded.attempt,
    worker_id = excluded.worker_id, started_at = excluded.started_at, finished_at = excluded.finished_at
)
select id from moved`;

/** Commits of concurrent runs share a statement: what arrives while one is under way goes into the next. */
export function createCommitter(pool: Pool, log: Log): Committer {
  const waiting: Entry[] = [];
  let flushing = false;

  const flush = async () => {
    if (flushing) return;
    flushing = true;
    while (waiting.length > 0) await write(pool, log, takeGroup(waiting));
    flushing = false;
  };
  return {
    commit(stretch, patienceMs = Number.POSITIVE_INFINITY) {
      const { promise, resolve, reject } = Promise.withResolvers<'done' | 'conflict'>();
      const until = performance.now() + patienceMs;
      waiting.push({ stretch, text: textOf(stretch), until, resolve, reject });
      void flush();
      return promise;
    },
  };
}

function takeGroup(waiting: Entry[]): Entry[] {
  let size = 0;
  let count = 0;
  for (const { text } of waiting) {
    size += text.size;
    if (count === mostEntries || (count > 0 && size > mostCharacters)) break;
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
        if (moved.has(entry.stretch.runId)) entry.resolve('done');
        // A conflict after a broken connection may be with ourselves.
        else if (unsure && (await isWritten(pool, entry.stretch))) entry.resolve('done');
        else entry.resolve('conflict');
        left = left.filter((other) => other !== entry);
      }
      return;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'refused' && left.length > 1) {
        // One run's rows must not stop those of the others.
        for (const entry of left) await write(pool, log, [entry]);
        return;
      }
      unsure ||= trouble === 'unknown';
      left = left.filter((entry) => {
        if (trouble === 'refused') entry.reject(error);
        else if (isClosing(pool) || performance.now() > entry.until)
          entry.reject(unavailable(error));
        else return true;
        return false;
      });
      if (left.length > 0) {
        log.warn({ err: error, runs: left.length, trouble }, 'a commit of runs is tried again');
        await sleep(wait);
      }
    }
  }
}

async function send(pool: Pool, group: readonly Entry[]): Promise<Set<string>> {
  // In the order of their ids, so that two processes do not wait for each other.
  const sorted =
    group.length === 1
      ? group
      : [...group].sort((a, b) => (a.stretch.runId < b.stretch.runId ? -1 : 1));
  const list = (part: 'run' | 'events' | 'steps') =>
    `[${sorted
      .map(({ text }) => text[part])
      .filter((text) => text !== '')
      .join(',')}]`;
  const { rows } = await pool.query<{ id: string }>({
    name: 'run-commit',
    text: commitSql,
    values: [list('run'), list('events'), list('steps')],
    ...{ query_timeout: queryTimeoutMs },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Whether exactly these events stand in the rows. */
async function isWritten(pool: Pool, stretch: Stretch): Promise<boolean> {
  if (stretch.events.length === 0) return false;
  const { rows } = await pool.query<{ same: number }>(
    `select count(*)::int as same from json_to_recordset($2::json) as g(seq int, at bigint, type text, data json)
     join run_event e on e.run_id = $1 and e.seq = g.seq and e.type = g.type
       and e.at = to_timestamp(g.at / 1000.0)::timestamptz(3) and e.data::text = g.data::text`,
    [stretch.runId, `[${eventsText(stretch)}]`],
  );
  return rows[0]?.same === stretch.events.length;
}

function textOf(stretch: Stretch): Entry['text'] {
  const run = runText(stretch);
  const events = eventsText(stretch);
  const steps = stepsText(stretch);
  return { run, events, steps, size: run.length + events.length + steps.length };
}

function runText({ runId, expected, state, wake, snapshot }: Stretch): string {
  return JSON.stringify({
    id: runId,
    expected,
    seq: state.seq,
    status: state.status,
    wake,
    output: state.output,
    error: state.error,
    input_tokens: state.usage.inputTokens,
    output_tokens: state.usage.outputTokens,
    cost: state.usage.costUsd,
    started: state.startedAt,
    finished: state.finishedAt,
    snapshot,
  });
}

function eventsText({ runId, events }: Stretch): string {
  return events
    .map((event) =>
      JSON.stringify({
        run: runId,
        seq: event.seq,
        at: event.at,
        type: event.type,
        data: eventData(event),
      }),
    )
    .join(',');
}

/** Steps that were ever started have a row, for leases and queries. */
function stepsText({ runId, events, state }: Stretch): string {
  const touched = new Set(
    events.flatMap((event) => ('stepId' in event ? (event.stepId ?? []) : [])),
  );
  if (state.status === 'failed' || state.status === 'cancelled') {
    for (const id in state.steps) if (state.steps[id]?.status === 'cancelled') touched.add(id);
  }
  const texts: string[] = [];
  for (const stepId of touched) {
    const step = state.steps[stepId];
    if (step === undefined || step.attempt === 0) continue;
    texts.push(
      JSON.stringify({
        run: runId,
        step: stepId,
        node: planStep(state.plan, stepId)?.nodeId ?? stepId,
        status: step.status,
        attempt: step.attempt,
        worker: step.worker,
        started: step.startedAt,
        finished: step.finishedAt,
      }),
    );
  }
  return texts.join(',');
}

const unavailable = (cause: unknown) => {
  const error = new AppError('unavailable', 'The database is away. Try again in a moment.');
  error.cause = cause;
  return error;
};

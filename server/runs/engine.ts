import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { decide } from '@/lib/runs/decide';
import { wakeAt } from '@/lib/runs/effects';
import { evolveAll } from '@/lib/runs/evolve';
import { type RunLimits, usualLimits } from '@/lib/runs/limits';
import { toSnapshot } from '@/lib/runs/plan';
import { isEnded } from '@/lib/runs/readiness';
import type { RunCommand, RunEvent, RunState, RunStatus } from '@/lib/runs/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { RunQueue } from '@/server/queue/run-queue';
import { createAdmission } from './admission';
import { createAnnouncer } from './announce';
import { begin, firstOf, type StartArgs } from './begin';
import { type Blobs, createBlobs } from './blobs';
import { createCache } from './cache';
import { type Clock, createClock } from './clock';
import { createCommitter, type Stretch } from './commit';
import { familyDue, hasFamily } from './family-ties';
import { oneAtATime } from './one-at-a-time';
import { readRun, readSeq, type StoredRun } from './store';
import { createTally, type Tally } from './tally';
import { isClosing, troubleOf } from './trouble';

/** A command without what the engine adds: the time and the chance. */
export type Ask = RunCommand extends infer C
  ? C extends RunCommand
    ? Omit<C, 'now' | 'random'>
    : never
  : never;

/** What came of asking: the events, the state after them, and whose run it is. */
export type Advance = Pick<StoredRun, 'state' | 'workspaceId' | 'family'> & { events: RunEvent[] };

/** The shell around `decide` and `evolve`: the one way in which runs begin and change. */
export type Engine = {
  /**
   * Begins a run: when this resolves it is committed, and a worker will take it. The same idempotency key with the
   * same hash gives the run that it named before (`created` false); with another hash it throws
   * `idempotency_mismatch`.
   */
  start(args: StartArgs): Promise<{ id: string; status: RunStatus; created: boolean }>;
  /**
   * Asks something of a run and commits what follows, after whatever others committed meanwhile. Gives the events
   * (none when there was nothing to do) and the state after them; undefined when there is no such run. Waits for a
   * database that is away, at most `patienceMs`, then throws `unavailable`.
   */
  advance(runId: string, ask: Ask, patienceMs?: number): Promise<Advance | undefined>;
  /** The run as it stands in the rows. */
  load(runId: string): Promise<RunState | undefined>;
  /** The same with whose it is, from this process's memory where the rows have not moved on. */
  current(runId: string): Promise<StoredRun | undefined>;
  clock: Clock;
  /** What this instance allows its runs. */
  limits: RunLimits;
  /** Where the large values are. */
  blobs: Blobs;
  /** What this process has done. */
  tally: Tally;
};

type Parts = {
  pool: Pool;
  bus: Bus;
  queue: RunQueue;
  log: Log;
  runsPerWorkspace?: number;
  runLimits?: RunLimits;
};

const snapshotEvery = 100;
/** Of one workspace at once, unless the configuration says otherwise. */
const mostRuns = 1000;

export function createEngine({ pool, bus, queue, log, ...given }: Parts): Engine {
  const limits = given.runLimits ?? usualLimits;
  const admission = createAdmission(pool, queue, given.runsPerWorkspace ?? mostRuns);
  const blobs = createBlobs(pool);
  const cache = createCache();
  const clock = createClock(pool);
  const committer = createCommitter(pool, log);
  const inTurn = oneAtATime();
  const tally = createTally();

  const announce = createAnnouncer({ bus, queue });

  const advance = async (
    runId: string,
    ask: Ask,
    patienceMs?: number,
  ): Promise<Advance | undefined> => {
    const until = performance.now() + (patienceMs ?? Number.POSITIVE_INFINITY);
    let lean: Ask | undefined;
    for (;;) {
      const cached = cache.get(runId);
      const run = cached ?? (await patiently(pool, until, () => readRun(pool, runId)));
      if (run === undefined) return undefined;
      const now = clock.now();
      if (cached === undefined && isEnded(run.state.status)) return told(run, []);
      if (ask.type === 'claim' && run.busy !== undefined && cached === undefined) {
        const { workspaceId, state, busy } = run;
        if (!(await admission.admits({ id: runId, workspaceId, seq: state.seq }, busy)))
          return told(run, []);
      }
      // What is kept beside the journal is stored before the journal names it.
      lean ??= await patiently(pool, until, async () =>
        blobs.lean(run.family?.rootId ?? runId, ask),
      );
      const events = decide(run.state, { ...lean, now, random: Math.random() } as RunCommand);
      if (events.length === 0 && cached !== undefined) {
        // Perhaps others have moved the run on: only the rows can say that there is nothing to do.
        cache.delete(runId);
        continue;
      }
      const next = after(run, events, now);
      if (events.length === 0 && next.wake === run.wake) {
        if (!isEnded(run.state.status)) cache.set(runId, run);
        return told(run, events);
      }
      const result = await committer.commit(
        stretchOf(runId, run, next, events),
        until - performance.now(),
      );
      if (result === 'conflict') {
        tally.conflict();
        cache.delete(runId);
        continue;
      }
      if (isEnded(next.state.status)) {
        cache.delete(runId);
        admission.release({ id: runId, workspaceId: run.workspaceId });
      } else cache.set(runId, next);
      tally.events(events);
      if (events.length > 0) announce(runId, run.state.status, next, events);
      return told(next, events);
    }
  };

  return {
    clock,
    limits,
    blobs,
    tally,
    async start(args) {
      await clock.ready();
      const now = clock.now();
      const { run, state, events } = firstOf(args, now, limits);
      const wake = wakeOf(state, run.family !== undefined, now);
      const begun = await begin(pool, run, state, events, wake);
      if (begun.created) {
        announce(run.id, undefined, { state, workspaceId: run.workspaceId, wake }, events);
      }
      return begun;
    },
    async advance(runId, ask, patienceMs) {
      await clock.ready().catch(() => undefined);
      const began = performance.now();
      try {
        return await inTurn(runId, () => advance(runId, ask, patienceMs));
      } finally {
        tally.advanced(performance.now() - began);
      }
    },
    load: async (runId) => (await readRun(pool, runId))?.state,
    async current(runId) {
      const cached = cache.get(runId);
      if (cached !== undefined && cached.state.seq === (await readSeq(pool, runId))) return cached;
      const run = await readRun(pool, runId);
      if (run !== undefined && !isEnded(run.state.status)) cache.set(runId, run);
      return run;
    },
  };
}

const told = ({ state, workspaceId, family }: StoredRun, events: RunEvent[]): Advance => ({
  state,
  events,
  workspaceId,
  ...(family === undefined ? {} : { family }),
});

/** One that has ended asks until its family has heard of it; one that waits for others, now and then. */
function wakeOf(state: RunState, child: boolean, now: number): number | null {
  if (isEnded(state.status)) return hasFamily(state, child) ? (state.finishedAt ?? 0) : null;
  const own = wakeAt(state);
  const family = familyDue(state, now);
  return own === null || family === null ? (own ?? family) : Math.min(own, family);
}

/**
 * The row's `wake_at` may lie before the true moment, never behind it: an early look is harmless, and a value that
 * stays as it is spares the index. One that has passed is set anew.
 */
function nextWake(run: StoredRun, state: RunState, now: number): number | null {
  const due = wakeOf(state, run.family !== undefined, now);
  if (due === null || run.wake === null) return due;
  return run.wake > now && run.wake <= due ? run.wake : due;
}

/** What is to be written of a run that went on. */
function stretchOf(
  runId: string,
  run: StoredRun,
  next: StoredRun,
  events: readonly RunEvent[],
): Stretch {
  return {
    runId,
    expected: run.state.seq,
    events,
    state: next.state,
    wake: next.wake,
    ...(next.snapshotSeq > run.snapshotSeq ? { snapshot: toSnapshot(next.state) } : {}),
  };
}

/** The run after some events, with its accounts of size; a higher `snapshotSeq` says that a snapshot is due. */
function after(run: StoredRun, events: readonly RunEvent[], now: number): StoredRun {
  const state = evolveAll(run.state, events);
  const wake = nextWake(run, state, now);
  const eventBytes = run.eventBytes + events.reduce((sum, event) => sum + weightOf(event), 0);
  const next = { ...run, state, wake, eventBytes };
  // In proportion to what has changed, so that large values are not written again and again.
  if (state.seq - run.snapshotSeq < snapshotEvery || eventBytes < run.snapshotBytes / 2)
    return next;
  const snapshotBytes = run.snapshotBytes + eventBytes;
  return { ...next, snapshotSeq: state.seq, snapshotBytes, eventBytes: 0 };
}

/** Does it as soon as the database is there. */
async function patiently<T>(pool: Pool, until: number, work: () => Promise<T>): Promise<T> {
  for (let wait = 20; ; wait = Math.min(wait * 2, 1000)) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error) === 'refused') throw error;
      if (isClosing(pool) || performance.now() > until) {
        throw new AppError('unavailable', 'The database is away. Try again in a moment.');
      }
      await sleep(wait);
    }
  }
}

/** Roughly what an event's values weigh; only outputs can be large. */
function weightOf(event: RunEvent): number {
  return (
    200 +
    ('output' in event ? sizeOf(event.output) : 0) +
    ('input' in event ? sizeOf(event.input) : 0)
  );
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return JSON.stringify(value).length;
}

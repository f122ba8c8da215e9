import type { Pool } from 'pg';
import { type RunLimits, usualLimits } from '@/lib/runs/limits';
import { isEnded } from '@/lib/runs/readiness';
import type { RunCommand, RunEvent, RunState, RunStatus } from '@/lib/runs/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { RunQueue } from '@/server/queue/run-queue';
import { createAdmission } from './admission';
import { createAdvance, wakeOf } from './advance';
import { createAnnouncer } from './announce';
import { begin, firstOf, type StartArgs } from './begin';
import { type Blobs, createBlobs } from './blobs';
import { createCache } from './cache';
import { type Clock, createClock } from './clock';
import { createCommitter } from './commit';
import { readRun, readSeq, type StoredRun } from './store';
import { createTally, type Tally } from './tally';

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

/** Of one workspace at once, unless the configuration says otherwise. */
const mostRuns = 1000;

export function createEngine({ pool, bus, queue, log, ...given }: Parts): Engine {
  const limits = given.runLimits ?? usualLimits;
  const admission = createAdmission(pool, queue, given.runsPerWorkspace ?? mostRuns);
  const blobs = createBlobs(pool);
  const cache = createCache();
  const clock = createClock(pool);
  const committer = createCommitter(pool, log);
  const tally = createTally();

  const announce = createAnnouncer({ bus, queue });

  const ask = createAdvance({ pool, cache, clock, committer, admission, blobs, tally, announce });

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
    async advance(runId, given, patienceMs) {
      await clock.ready().catch(() => undefined);
      const began = performance.now();
      try {
        const until = began + (patienceMs ?? Number.POSITIVE_INFINITY);
        return await ask(runId, { ask: given, until }, patienceMs === undefined);
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

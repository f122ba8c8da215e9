import type { Pool } from 'pg';
import type { Command } from '@/lib/runs/command';
import { isEnded, readySteps } from '@/lib/runs/engine/readiness';
import { type RunLimits, usualLimits } from '@/lib/runs/limits';
import type { ReusedResults, RunEvent, RunState, RunStatus } from '@/lib/runs/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { RunQueue, WakeUp } from '@/server/queue/run-queue';
import { type Blobs, createBlobs } from '@/server/runs/blobs/blobs';
import type { AuditLine } from '@/server/runs/journal/audit';
import { beginChildren, type Siblings } from '@/server/runs/journal/begin-children';
import {
  begin,
  cleaned,
  firstOf,
  firstState,
  runnable,
  type StartArgs,
} from '@/server/runs/journal/begin-run';
import type { ChildState } from '@/server/runs/journal/child-rows';
import { type Clock, createClock } from '@/server/runs/journal/clock';
import { createCommitter } from '@/server/runs/journal/commit';
import { graceMs } from '@/server/runs/journal/run-tree';
import { readRun, readSeq, type StoredRun } from '@/server/runs/journal/store';
import { createAdmission } from './admission';
import { createAnnouncer } from './announce';
import { createCache } from './cache';
import { type Counters, createCounters } from './counters';
import { createDispatch, wakeOf } from './dispatch';
import { oneAtATime } from './one-at-a-time';

/** A child that was begun: how many of its steps are ready; 0 for one that had nothing to do and is over. */
export type StartedChild = WakeUp & { ready: number };

/** What came of a command: the events, the state after them, and whose run it is. */
export type Dispatched = Pick<StoredRun, 'state' | 'workspaceId' | 'parentLink'> & {
  events: RunEvent[];
};

/** The shell around `decide` and `evolve`: the one way in which runs begin and change. */
export type Engine = {
  /**
   * Begins a run: when this resolves it is committed, and a worker will take it. The same idempotency key with the
   * same hash gives the run that it named before (`created` false); with another hash it throws
   * `idempotency_mismatch`.
   */
  start(args: StartArgs): Promise<{ id: string; status: RunStatus; created: boolean }>;
  /**
   * Dispatches a command to a run and commits what follows, on top of what others committed meanwhile. Gives the events
   * (none when there was nothing to do) and the state after them; undefined when there is no such run. Waits for a
   * database that is away, at most `patienceMs`, then throws `unavailable`.
   * `quiet`: the caller takes care of workers, parent and children, so that no job is enqueued.
   * `audit`: a line for the audit trail, written in the same commit where there are events.
   */
  dispatch(
    runId: string,
    command: Command,
    patienceMs?: number,
    options?: { quiet?: boolean; audit?: AuditLine },
  ): Promise<Dispatched | undefined>;
  /**
   * Begins as many of these children of a step as there is room for, all in one commit, in their order; `heard` are
   * ended runs whose ends are known with it. No job is enqueued for them: see `enqueue`.
   */
  startChildren(
    siblings: Siblings,
    children: readonly { id: string; index: number; input: unknown; reuse?: ReusedResults }[],
    heard: readonly string[],
  ): Promise<ChildState & { begun: StartedChild[] }>;
  /** Enqueues wake-up jobs for runs that have something to do. */
  enqueue(runs: readonly WakeUp[]): void;
  /** The run as it stands in the rows. */
  load(runId: string): Promise<RunState | undefined>;
  /** The run as this process knows it, without a look at the rows, which may have moved on. */
  remembered(runId: string): StoredRun | undefined;
  /** The same with whose it is, from this process's memory where the rows have not moved on. */
  current(runId: string): Promise<StoredRun | undefined>;
  clock: Clock;
  /** What this instance allows its runs. */
  limits: RunLimits;
  /** Where the large values are. */
  blobs: Blobs;
  /** What this process has done. */
  counters: Counters;
};

type Parts = {
  pool: Pool;
  bus: Bus;
  queue: RunQueue;
  log: Log;
  /** The same secret in all processes: references to large values are sealed under it. */
  sealKey: Buffer;
  runsPerWorkspace?: number;
  runLimits?: RunLimits;
};

/** Accounts of a run whose journal is only its first events. */
const unsaved = { snapshotSeq: 0, snapshotBytes: 0, eventBytes: 0 };

/** Of one workspace at once, unless the configuration says otherwise. */
const maxRuns = 1000;

export function createEngine({ pool, bus, queue, log, ...given }: Parts): Engine {
  const limits = given.runLimits ?? usualLimits;
  const admission = createAdmission(pool, queue, given.runsPerWorkspace ?? maxRuns);
  const blobs = createBlobs(pool, given.sealKey);
  const cache = createCache();
  const clock = createClock(pool);
  const committer = createCommitter(pool, log);
  const counters = createCounters();

  const announce = createAnnouncer({ bus, queue });
  // Steps inside a container look at the run around them all at the same moment.
  const seqOf = oneAtATime((runId) => readSeq(pool, runId));
  const readOnce = oneAtATime((runId) => readRun(pool, runId));

  const dispatch = createDispatch({
    pool,
    cache,
    clock,
    committer,
    admission,
    blobs,
    counters,
    announce,
  });

  return {
    clock,
    limits,
    blobs,
    counters,
    async start(args) {
      await clock.ready();
      const now = clock.now();
      const { run, state, events } = firstOf(args, now, limits);
      const wake = wakeOf(state, run.parentLink !== undefined, now);
      const begun = await begin(pool, run, state, events, wake);
      if (begun.created) {
        announce(run.id, undefined, { state, workspaceId: run.workspaceId, wake }, events);
      }
      return begun;
    },
    async startChildren({ plan: given, ...rest }, children, heard) {
      await clock.ready();
      const now = clock.now();
      // What they have in common is worked out once: only their inputs differ.
      const siblings = { ...rest, plan: runnable(given, limits) };
      const made = children.map(({ id, index, input, reuse }) => {
        const clean = cleaned('input', input, limits);
        const first = firstState({ ...siblings, input: clean, ...(reuse ? { reuse } : {}) }, now);
        const wake = wakeOf(first.state, true, now);
        return { id, index, input: clean, ...first, wake: wake === null ? wake : wake + graceMs };
      });
      const { begun: ids, ...stand } = await beginChildren(pool, siblings, made, heard);
      const created = new Set(ids);
      const begun = made.filter(({ id }) => created.has(id));
      for (const { id, index, state, events, wake } of begun) {
        const parentLink = { ...siblings.parentLink, index };
        const { workspaceId } = siblings;
        const run = { state, workspaceId, parentLink, wake, ...unsaved };
        if (!isEnded(state.status)) cache.set(id, run);
        announce(id, undefined, run, events, { quiet: true });
      }
      const startedOf = ({ id: runId, state }: (typeof made)[number]) => ({
        ...{ runId, seq: state.seq },
        ready: isEnded(state.status) ? 0 : readySteps(state).length,
      });
      return { ...stand, begun: begun.map(startedOf) };
    },
    enqueue: (runs) => void queue.enqueue(runs),
    async dispatch(runId, command, patienceMs, { quiet = false, audit } = {}) {
      await clock.ready().catch(() => undefined);
      const began = performance.now();
      try {
        const until = began + (patienceMs ?? Number.POSITIVE_INFINITY);
        const request = { command, until, quiet, ...(audit ? { audit } : {}) };
        return await dispatch(runId, request, patienceMs === undefined);
      } finally {
        counters.dispatched(performance.now() - began);
      }
    },
    load: async (runId) => (await readRun(pool, runId))?.state,
    remembered: cache.get,
    async current(runId) {
      const cached = cache.get(runId);
      if (cached !== undefined && cached.state.seq === (await seqOf(runId))) return cached;
      const run = await readOnce(runId);
      if (run !== undefined && !isEnded(run.state.status)) cache.set(runId, run);
      return run;
    },
  };
}

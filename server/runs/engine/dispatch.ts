import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Command } from '@/lib/runs/command';
import { decide } from '@/lib/runs/engine/decide';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { isEnded } from '@/lib/runs/engine/readiness';
import { wakeAt } from '@/lib/runs/engine/wake-at';
import { toSnapshot } from '@/lib/runs/plan';
import type { RunCommand, RunEvent, RunState } from '@/lib/runs/schema';
import { errorClassOf, isClosing } from '@/server/db/error-class';
import type { Blobs } from '@/server/runs/blobs/blobs';
import type { AuditLine } from '@/server/runs/journal/audit';
import type { Clock } from '@/server/runs/journal/clock';
import type { Append, Committer } from '@/server/runs/journal/commit';
import { noticesOf } from '@/server/runs/journal/notices';
import { graceMs, isInRunTree, reconcileDue } from '@/server/runs/journal/run-tree';
import { readRun, type StoredRun } from '@/server/runs/journal/store';
import type { Admission } from './admission';
import type { createAnnouncer } from './announce';
import type { createCache } from './cache';
import type { Counters } from './counters';
import type { Dispatched } from './engine';
import { inBatches, type Waiting } from './in-batches';

const snapshotEvery = 100;

type Parts = {
  pool: Pool;
  cache: ReturnType<typeof createCache>;
  clock: Clock;
  committer: Committer;
  admission: Admission;
  blobs: Blobs;
  counters: Counters;
  announce: ReturnType<typeof createAnnouncer>;
};

/**
 * Decides commands and commits what follows. Commands for one run that come while a commit of it is under way make a
 * batch: they are decided one after the other and share the next commit. Without that, a step with a hundred branches
 * would wait for a hundred commits.
 */
export function createDispatch(parts: Parts) {
  const { pool, cache, clock, committer, admission, blobs, counters, announce } = parts;

  /** Runs of a workspace with too many under way wait their turn: nothing of them is taken. */
  const mayBegin = async (id: string, run: StoredRun, batch: readonly Pending[]) => {
    if (run.busy === undefined) return true;
    if (!batch.some(({ item: request }) => request.command.type === 'claim')) return true;
    const { workspaceId, state } = run;
    return admission.admits({ id, workspaceId, seq: state.seq }, run.busy);
  };

  /** Decides the commands of a batch in their order, and commits what follows together. */
  const serve = async (runId: string, batch: Pending[]): Promise<void> => {
    const until = Math.min(...batch.map(({ item: request }) => request.until));
    for (;;) {
      const cached = cache.get(runId);
      const run = cached ?? (await patiently(pool, until, () => readRun(pool, runId)));
      if (run === undefined) return resolveAll(batch, undefined);
      const now = clock.now();
      const late = batch.some(({ item: request }) => request.command.type === 'spend');
      if (cached === undefined && isEnded(run.state.status) && !late) {
        return resolveAll(batch, outcomeOf(run, []));
      }
      const admitted = cached !== undefined || (await mayBegin(runId, run, batch));
      if (!admitted && batch.every(({ item: request }) => request.command.type === 'claim'))
        return resolveAll(batch, outcomeOf(run, []));
      // What is kept beside the journal is stored before the journal names it.
      for (const { item: request } of batch) {
        request.offloaded ??= await patiently(pool, until, async () =>
          blobs.offload(run.parentLink?.rootId ?? runId, request.command),
        );
      }
      const answers = decideAll(run.state, batch, { now, admitted });
      const events = answers.flatMap((answer) => answer.events);
      if (events.length === 0 && cached !== undefined) {
        // Perhaps others have moved the run on: only the rows can say that there is nothing to do.
        cache.delete(runId);
        continue;
      }
      const next = after(run, events, answers.at(-1)?.state ?? run.state, now);
      if (events.length > 0 || next.wake !== run.wake) {
        const audits = batch.flatMap(({ item: { audit } }, index) =>
          audit !== undefined && answers[index]?.events.length ? [audit] : [],
        );
        const append = appendOf(runId, run, next, events, audits);
        const result = await committer.commit(append, until - performance.now());
        if (result === 'conflict') {
          counters.conflict();
          cache.delete(runId);
          continue;
        }
      }
      if (isEnded(next.state.status)) {
        cache.delete(runId);
        if (events.length > 0) admission.release({ id: runId, workspaceId: run.workspaceId });
      } else cache.set(runId, next);
      counters.events(events);
      if (events.length > 0) {
        announce(runId, run.state.status, next, events, { quiet: isQuiet(batch, next.state) });
      }
      for (const [index, { resolve }] of batch.entries()) {
        const { state, events: own } = answers[index] ?? { state: next.state, events: [] };
        resolve(outcomeOf({ ...next, state }, stillTrue(own, next.state)));
      }
      return;
    }
  };
  return inBatches<Dispatch, Dispatched | undefined>(async (runId, batch) => {
    try {
      await serve(runId, batch);
    } catch (error) {
      // One command of the batch may be what the database refuses: each is tried by itself.
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await serve(runId, [one]).catch(one.reject);
    }
  });
}

/**
 * Whether all senders take care of what follows themselves. A worker does so for the parent and the children of a run
 * that it ended, but not for steps that it left ready.
 */
const isQuiet = (batch: readonly Pending[], { status }: RunState) =>
  batch.every(
    ({ item: { command, quiet } }) =>
      quiet || (isEnded(status) && (command.type === 'settle' || command.type === 'claim')),
  );

const outcomeOf = (
  { state, workspaceId, parentLink }: StoredRun,
  events: RunEvent[],
): Dispatched => ({
  state,
  events,
  workspaceId,
  ...(parentLink === undefined ? {} : { parentLink }),
});

/**
 * When somebody must look at a run: at its own next moment, or to reconcile it with its children. One that has ended is
 * due until its parent knows of it.
 */
export function wakeOf(state: RunState, child: boolean, now: number): number | null {
  if (isEnded(state.status)) {
    return isInRunTree(state, child) ? (state.finishedAt ?? 0) + graceMs : null;
  }
  const own = wakeAt(state);
  const reconcile = reconcileDue(state, now);
  return own === null || reconcile === null ? (own ?? reconcile) : Math.min(own, reconcile);
}

/**
 * The row's `wake_at` may lie before the true moment, never behind it: an early look is harmless, and a value that
 * stays as it is spares the index. One that has passed is set anew.
 */
function nextWake(run: StoredRun, state: RunState, now: number): number | null {
  const due = wakeOf(state, run.parentLink !== undefined, now);
  if (due === null || run.wake === null) return due;
  return run.wake > now && run.wake <= due ? run.wake : due;
}

/** What is to be written of a run that went on. */
function appendOf(
  runId: string,
  run: StoredRun,
  next: StoredRun,
  events: readonly RunEvent[],
  audits: readonly AuditLine[],
): Append {
  const notices = noticesOf(events, next.state, run.parentLink !== undefined);
  return {
    runId,
    expectedVersion: run.state.seq,
    events,
    state: next.state,
    wake: next.wake,
    ...(next.snapshotSeq > run.snapshotSeq ? { snapshot: toSnapshot(next.state) } : {}),
    ...(audits.length > 0 ? { audits } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  };
}

/**
 * A command with how long its sender waits (`until`), whether the sender takes care of what follows (`quiet`), the line
 * for the audit trail where it changes something, and the command with its large values offloaded.
 */
type Dispatch = {
  command: Command;
  until: number;
  quiet: boolean;
  audit?: AuditLine;
  offloaded?: Command;
};
type Pending = Waiting<Dispatch, Dispatched | undefined>;

function resolveAll(batch: readonly Pending[], answer: Dispatched | undefined): void {
  for (const pending of batch) pending.resolve(answer);
}

/** Without steps that one command took and a later one of the same commit ended: nobody may begin their work. */
function stillTrue(events: readonly RunEvent[], { steps }: RunState): RunEvent[] {
  return events.filter((event) => {
    if (event.type !== 'StepStarted') return true;
    const step = steps[event.stepId];
    return step?.status === 'running' && step.attempt === event.attempt;
  });
}

/** Each decided on what the ones before it made of the run. Claims of a run that is not admitted take nothing. */
function decideAll(
  first: RunState,
  batch: readonly Pending[],
  { now, admitted }: { now: number; admitted: boolean },
): { state: RunState; events: RunEvent[] }[] {
  let state = first;
  return batch.map(({ item: { command, offloaded = command } }) => {
    if (command.type === 'claim' && !admitted) return { state, events: [] };
    const events = decide(state, { ...offloaded, now, random: Math.random() } as RunCommand);
    state = evolveAll(state, events);
    return { state, events };
  });
}

/** The run after some events, with its accounts of size; a higher `snapshotSeq` says that a snapshot is due. */
function after(
  run: StoredRun,
  events: readonly RunEvent[],
  state: RunState,
  now: number,
): StoredRun {
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
      if (errorClassOf(error) === 'permanent') throw error;
      if (isClosing(pool) || performance.now() > until) {
        throw new AppError('unavailable', 'The database is not available. Try again in a moment.');
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

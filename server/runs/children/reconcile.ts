import type { Pool } from 'pg';
import { countOf } from '@/lib/runs/blobs';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Children, RunState, WaitEnd } from '@/lib/runs/schema';
import type { Log } from '@/server/log';
import type { Engine, StartedChild } from '@/server/runs/engine/engine';
import { oneAtATime } from '@/server/runs/engine/one-at-a-time';
import {
  type ChildState,
  readRunChildren,
  takeFromOutbox,
  usageOfChildren,
} from '@/server/runs/journal/child-rows';
import { hasChildren } from '@/server/runs/journal/run-tree';
import { runsBelow } from '@/server/runs/journal/runs-below';
import type { StoredRun } from '@/server/runs/journal/store';
import { cancelChildren, cancelRuns } from './cancel-children';
import { type ChildStarts, createChildStarts, refusalOf } from './child-starts';

/** Begins the child runs of steps, resumes their parents at their end, and cancels those that nobody waits for. */
export type ChildRuns = {
  /**
   * Reconciles a run with its children and its parent. Repeating it changes nothing; the run is due until it was done.
   * `known`: the run as it stands, where the caller knows it. `take`: gets the runs that have something to do; a worker
   * takes some itself and gives back those for which jobs are to be enqueued.
   */
  reconcile(runId: string, how?: { known?: Known; take?: Take }): Promise<void>;
  /**
   * Cancels everything below a run: when this resolves nothing of it starts any more. Throws `unavailable` when that
   * takes longer than `patienceMs`.
   */
  cancelBelow(runId: string, by: string, patienceMs?: number): Promise<void>;
};

type Known = Pick<StoredRun, 'state' | 'parentLink'>;
export type Take = (runs: readonly StartedChild[]) => readonly StartedChild[];

type Parts = { pool: Pool; engine: Engine; log: Log };
type ReconcilerState = Parts & {
  starts: ChildStarts;
  /** Children that have ended, of which the next look at their parent hears, by that parent. */
  ended: Map<string, Set<string>>;
  /** The worker of this process. */
  take: Take;
  /** One look at a parent at a time, and one more for all who asked meanwhile. */
  look(runId: string): Promise<void>;
};

export function createChildRuns(parts: Parts): ChildRuns {
  const { pool, engine, log } = parts;
  const reconciler: ReconcilerState = {
    ...parts,
    starts: createChildStarts(pool, engine),
    ended: new Map(),
    take: (runs) => runs,
    look: oneAtATime((runId) => lookAt(reconciler, runId)),
  };
  return {
    async reconcile(runId, { known, take } = {}) {
      if (take) reconciler.take = take;
      await reconcile(reconciler, runId, known).catch((error: unknown) => {
        log.error({ err: error, run: runId }, 'the children of a run could not be reconciled');
      });
    },
    async cancelBelow(runId, by, patienceMs = Number.POSITIVE_INFINITY) {
      const until = performance.now() + patienceMs;
      for (;;) {
        const ids = await runsBelow(pool, runId);
        if (ids.length === 0) return;
        await cancelRuns(parts, ids, by, until);
        // Nobody is left who would have to hear of it.
        await takeFromOutbox(pool, ids);
      }
    },
  };
}

async function reconcile(reconciler: ReconcilerState, runId: string, known?: Known): Promise<void> {
  const run = known ?? (await reconciler.engine.current(runId));
  if (run === undefined) return;
  if (isEnded(run.state.status)) await afterEnd(reconciler, runId, run);
  else if (hasChildren(run.state)) await reconciler.look(runId);
}

/** Cancels what is below a run that has ended, and reconciles its parent. */
async function afterEnd(
  reconciler: ReconcilerState,
  runId: string,
  { state, parentLink }: Known,
): Promise<void> {
  if (hasChildren(state)) await cancelChildren(reconciler, runId);
  if (parentLink === undefined) return takeFromOutbox(reconciler.pool, [runId]);
  const ended = reconciler.ended.get(parentLink.runId) ?? new Set();
  reconciler.ended.set(parentLink.runId, ended.add(runId));
  await reconciler.look(parentLink.runId);
}

/** A run that changes more often than this while it is reconciled is left to those who changed it. */
const maxLooks = 5;

async function lookAt(reconciler: ReconcilerState, runId: string): Promise<void> {
  const { pool, engine } = reconciler;
  const heard = [...(reconciler.ended.get(runId) ?? [])];
  reconciler.ended.delete(runId);
  let run = engine.remembered(runId) ?? (await engine.current(runId));
  for (let looks = 0; looks < maxLooks; looks += 1) {
    // What is over has nothing to begin; what is paused neither, and letting it go on calls a worker.
    if (run === undefined || isEnded(run.state.status) || run.state.pausedBy !== undefined) break;
    const waits = waitsOf(run.state);
    const found = await readRunChildren(pool, runId, waits);
    if (found === undefined) break;
    if (found.seq !== run.state.seq) {
      run = await engine.current(runId);
      continue;
    }
    if (found.strays.length > 0) {
      await cancelRuns(reconciler, found.strays, 'parent');
      await takeFromOutbox(pool, found.strays);
      continue;
    }
    for (const [place, wait] of waits.entries()) {
      const state = found.waits[place];
      if (state) await reconcileStep(reconciler, { runId, run, ...wait }, state, heard);
    }
    break;
  }
  await takeFromOutbox(pool, heard);
}

type StepWait = { stepId: string; attempt: number; round: number; children: Children };

/** Steps that wait for runs that they start. */
function waitsOf({ steps }: RunState): StepWait[] {
  return Object.entries(steps).flatMap(([stepId, { status, attempt, wait }]) => {
    const children = status === 'waiting' ? wait?.children : undefined;
    return children ? [{ stepId, attempt, round: children.round, children }] : [];
  });
}

export type Parent = StepWait & { runId: string; run: StoredRun };

/**
 * Begins as many children as there is room for; when none is left, the step's work goes on. Takes those out of `heard`
 * whose ends are noted with that.
 */
async function reconcileStep(
  reconciler: ReconcilerState,
  parent: Parent,
  state: ChildState,
  heard: string[],
): Promise<void> {
  const { children } = parent;
  const count = countOf(children.inputs);
  for (let { live, next, failed } = state; ; ) {
    const over = live === 0 && next >= count;
    if (over || (children.failFast && failed)) return endRound(reconciler, parent, over);
    const room = Math.min(children.concurrency - live, count - next);
    if (room <= 0) return;
    const started = await reconciler.starts
      .start(parent, next, room, heard)
      .catch(async (error) => {
        // Trying again would end the same way: the step hears of it.
        const refusal = refusalOf(error);
        if (refusal === undefined) throw error;
        await endWait(reconciler, parent, { ok: false, error: refusal });
      });
    if (started === undefined) return;
    const { begun, ...found } = started;
    const working = begun.filter(({ ready }) => ready > 0);
    // What had nothing left to do is over already.
    heard.splice(
      0,
      heard.length,
      ...begun.flatMap(({ ready, runId }) => (ready > 0 ? [] : [runId])),
    );
    wakeUp(reconciler, working);
    // The parent is over or paused, or all places are taken: whoever changes that looks again.
    if (begun.length === 0 && found.next === next && found.live >= live) return;
    live = found.live + working.length;
    next = found.next + begun.length;
    failed = found.failed;
  }
}

/** To the worker of this process, as far as it takes them, else to whichever comes first. */
function wakeUp({ engine, take }: ReconcilerState, runs: readonly StartedChild[]): void {
  if (runs.length > 0) engine.enqueue(take(runs));
}

async function endRound(reconciler: ReconcilerState, parent: Parent, over: boolean): Promise<void> {
  const { runId, stepId, round } = parent;
  if (!over) await cancelChildren(reconciler, runId, { stepId, round });
  const usage = await usageOfChildren(reconciler.pool, runId, stepId, round);
  await endWait(reconciler, parent, { ok: 'again', usage });
}

async function endWait(reconciler: ReconcilerState, parent: Parent, end: WaitEnd): Promise<void> {
  const { runId, stepId, attempt } = parent;
  reconciler.starts.forget(parent);
  const command = { type: 'resume', stepId, attempt, end } as const;
  const dispatched = await reconciler.engine.dispatch(runId, command, undefined, { quiet: true });
  if (dispatched === undefined || dispatched.events.length === 0) return;
  if (isEnded(dispatched.state.status)) return afterEnd(reconciler, runId, dispatched);
  wakeUp(reconciler, [{ runId, seq: dispatched.state.seq, ready: 1 }]);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { planStep, readySteps } from '@/lib/runs/engine/readiness';
import type { Call, RunEvent, StepOutcome } from '@/lib/runs/schema';
import type { Bus, RunMessage } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { ChildRuns } from '@/server/runs/children/reconcile';
import type { Dispatched, Engine, StartedChild } from '@/server/runs/engine/engine';
import { isInRunTree } from '@/server/runs/journal/run-tree';
import { type Attempt, startAttempt } from './attempt';
import type { PartialTexts } from './partial-text';
import { createStreams, type Streams } from './streams';
import { createWatch } from './subscribe';
import type { RunStep } from './task';

/** An attempt that this worker holds. */
export type LeasedStep = { runId: string; stepId: string; attempt: number };

export const keyOfLeased = ({ runId, stepId, attempt }: LeasedStep) =>
  `${runId}/${stepId}/${attempt}`;

export type Executor = {
  /** Looks at a run and takes what is ready there, as far as there is room; remembers it when there is none. */
  visit(runId: string): Promise<void>;
  /** Gives a step of a lost worker back to its run, and takes what is ready there. */
  lose(leased: LeasedStep, worker: string): Promise<void>;
  /** Attempts in hand, those on their way to the rows included. */
  leased(): LeasedStep[];
  /** Whether this worker still knows of an attempt. */
  holds(leased: LeasedStep): boolean;
  giveUp(leased: LeasedStep, reason: 'gone' | 'lease'): void;
  giveUpAll(reason: 'gone' | 'lease'): void;
  /** How many more steps it would take. */
  room(): number;
  /** How many other workers there are, as far as is known. */
  learnOfOthers(count: number): void;
  /** Whether it may take steps: only with a lease. */
  allow(allowed: boolean): void;
  /** Takes nothing more, waits for what runs at most `patienceMs`, and gives the rest back. */
  drain(patienceMs: number): Promise<void>;
};

type Parts = {
  engine: Engine;
  bus: Bus;
  log: Log;
  worker: string;
  /** Steps leased at once. */
  capacity: number;
  runStep: RunStep;
  /** Reconciles a run with the runs that its steps started, and with the one whose step started it. */
  childRuns: Pick<ChildRuns, 'reconcile'>;
  /** Where texts are kept that steps have written so far. */
  texts?: Pick<PartialTexts, 'save' | 'remove'> | undefined;
  /** Called for each step that has begun to wait for a message. */
  onWait?: ((workspaceId: string, channel: string) => void) | undefined;
  /** Called for each step that goes on although it was given up. */
  onStuck?: (() => void) | undefined;
};

type Active = LeasedStep & Pick<Attempt, 'abort'>;
type Desk = Parts & {
  active: Map<string, Active>;
  /** Runs that were enqueued while there was no room. */
  backlog: Set<string>;
  streams: Streams;
  watch: ReturnType<typeof createWatch>;
  /** Places kept free for claims that are under way. */
  reserved: number;
  others: number;
  allowed: boolean;
  draining: boolean;
};

/** The most that one claim takes; what is left over is taken by the next one, here or elsewhere. */
const maxClaim = 8;
const lastPatienceMs = 2000;
/** With no more steps than this in hand a worker takes what was begun instead of sharing it. */
const littleToDo = 16;

/** Claims steps, has them done, and commits what follows. */
export function createExecutor(parts: Parts): Executor {
  const active = new Map<string, Active>();
  const streams = createStreams(parts.bus, parts.texts?.save);
  const watch = createWatch(parts.bus, (runId, message) => hear(desk, runId, message));
  const desk: Desk = {
    ...parts,
    active,
    backlog: new Set(),
    streams,
    watch,
    reserved: 0,
    others: 0,
    allowed: true,
    draining: false,
  };
  return {
    visit: (runId) => visit(desk, runId),
    async lose(leased, worker) {
      await giveBack(desk, leased, worker);
      await visit(desk, leased.runId);
    },
    leased: () => [...active.values()],
    holds: (leased) => active.has(keyOfLeased(leased)),
    giveUp: (leased, reason) => active.get(keyOfLeased(leased))?.abort(reason),
    giveUpAll(reason) {
      for (const entry of active.values()) entry.abort(reason);
    },
    room: () => room(desk),
    learnOfOthers(count) {
      desk.others = count;
    },
    allow(allowed) {
      desk.allowed = allowed;
    },
    async drain(patienceMs) {
      desk.draining = true;
      await untilEmpty(active, patienceMs);
      for (const entry of active.values()) entry.abort('lease');
      await untilEmpty(active, lastPatienceMs);
      watch.close();
      streams.close();
    },
  };
}

function room({ draining, allowed, capacity, active, reserved }: Desk): number {
  return draining || !allowed ? 0 : Math.max(capacity - active.size - reserved, 0);
}

async function visit(desk: Desk, runId: string, most = maxClaim): Promise<void> {
  if (desk.draining) return;
  const limit = Math.min(room(desk), most, maxClaim);
  if (limit === 0) {
    desk.backlog.add(runId);
    return;
  }
  const command = { type: 'claim', worker: desk.worker, limit } as const;
  await reserving(desk, limit, async () => {
    takeUp(desk, runId, await desk.engine.dispatch(runId, command));
  });
  takeBacklog(desk);
}

/**
 * Visits this worker's share of some runs that were just begun, without the way around the queue; what it has no room
 * for waits here when there is nobody else. Gives back those that others are to be called for.
 */
function takeShare(desk: Desk, runs: readonly StartedChild[]): readonly StartedChild[] {
  if (desk.draining || !desk.allowed) return runs;
  const busy = desk.active.size + runs.length > littleToDo;
  const share = busy ? Math.ceil(runs.length / (desk.others + 1)) : runs.length;
  const left: StartedChild[] = [];
  for (const [place, run] of runs.entries()) {
    if (place >= share || (desk.others > 0 && room(desk) === 0)) left.push(run);
    else visitSafely(desk, run.runId, run.ready);
  }
  return left;
}

function visitSafely(desk: Desk, runId: string, most?: number): void {
  visit(desk, runId, most).catch((error: unknown) => {
    desk.log.error({ err: error, run: runId }, 'a run could not be looked at');
  });
}

/** Keeps places free until the work that may fill them is over. */
async function reserving(desk: Desk, places: number, work: () => Promise<void>): Promise<void> {
  desk.reserved += places;
  try {
    await work();
  } finally {
    desk.reserved -= places;
  }
}

/** Starts the work of every step that a decision gave to this worker, and has the run reconciled with its parent and children. */
function takeUp(desk: Desk, runId: string, dispatched: Dispatched | undefined): void {
  if (
    dispatched !== undefined &&
    isInRunTree(dispatched.state, dispatched.parentLink !== undefined)
  ) {
    void desk.childRuns.reconcile(runId, {
      known: dispatched,
      take: (runs) => takeShare(desk, runs),
    });
  }
  for (const event of dispatched?.events ?? []) {
    if (dispatched === undefined || event.type !== 'StepStarted') continue;
    if (event.worker === desk.worker) void perform(desk, { ...event, runId }, dispatched);
  }
  if (dispatched !== undefined && readySteps(dispatched.state, 1).length > 0)
    desk.backlog.add(runId);
}

async function perform(desk: Desk, event: LeasedStep, dispatched: Dispatched): Promise<void> {
  const { state, workspaceId, parentLink } = dispatched;
  const { runId, stepId, attempt } = event;
  const step = planStep(state.plan, stepId);
  if (step === undefined) return;
  const leased = { runId, stepId, attempt };
  const stream = desk.streams.open(leased);
  const task = {
    ...leased,
    workspaceId,
    state,
    step,
    onDelta: stream.push,
    ...(parentLink === undefined ? {} : { parentLink }),
  };
  const { abort, outcome, calls } = startAttempt(desk.runStep, task, (reason) => {
    desk.log.error({ run: runId, step: stepId, attempt, reason }, 'a step does not stop');
    desk.onStuck?.();
  });
  desk.active.set(keyOfLeased(leased), { ...leased, abort });
  desk.watch.enter(runId);
  try {
    const end = await outcome;
    stream.close();
    const well = typeof end === 'object' && end.ok !== false;
    // Before the failure is known, so that who hears of it can read what was written.
    if (!well) await stream.keep();
    if (end === 'lease') await giveBack(desk, leased, desk.worker);
    if (end === 'lease' || end === 'gone') await account(desk, leased, calls);
    else await settle(desk, leased, end);
    if (well && (stream.isKept() || attempt > 1)) await desk.texts?.remove(leased);
  } catch (error) {
    desk.log.error({ err: error, run: runId, step: stepId, attempt }, 'a step was not settled');
  } finally {
    stream.close();
    desk.watch.exit(runId);
    desk.active.delete(keyOfLeased(leased));
    takeBacklog(desk);
  }
}

async function settle(desk: Desk, leased: LeasedStep, outcome: StepOutcome): Promise<void> {
  const { engine, worker, log } = desk;
  const { runId, stepId, attempt } = leased;
  const command = { type: 'settle', worker, stepId, attempt } as const;
  // This step's own place becomes free.
  const more = Math.min(room(desk), maxClaim - 1);
  const limit = desk.draining || !desk.allowed ? 0 : more + 1;
  await reserving(desk, more, async () => {
    const report = engine.dispatch(runId, { ...command, outcome, limit });
    const dispatched = await report.catch((error: unknown) => {
      log.error({ err: error, run: runId, step: stepId, attempt }, 'a result was refused');
      const message = 'The result of the step was not stored.';
      const refused = { code: 'result_refused', message, retryable: false };
      return engine.dispatch(runId, {
        ...command,
        outcome: { ok: false, error: refused },
        limit: 0,
      });
    });
    if (dispatched?.events.length === 0) {
      log.info({ run: runId, step: stepId, attempt }, 'a late result was dropped');
      await account(desk, leased, outcome.calls ?? []);
    }
    tellWaits(desk, dispatched);
    takeUp(desk, runId, dispatched);
  });
}

/** What an attempt has cost whose result is no longer wanted: its step was cancelled, lost or timed out elsewhere. */
async function account(
  { engine }: Desk,
  leased: LeasedStep,
  calls: readonly Call[],
): Promise<void> {
  if (calls.length === 0) return;
  const { runId, stepId, attempt } = leased;
  await engine.dispatch(runId, { type: 'spend', stepId, attempt, calls: [...calls] });
}

function tellWaits({ onWait }: Desk, dispatched: Dispatched | undefined): void {
  for (const event of dispatched?.events ?? []) {
    const channel = event.type === 'StepWaiting' ? event.wait.channel : undefined;
    if (dispatched !== undefined && channel !== undefined)
      onWait?.(dispatched.workspaceId, channel);
  }
}

async function giveBack(
  { engine, log, draining, worker: mine }: Desk,
  leased: LeasedStep,
  worker: string,
): Promise<void> {
  const { runId, stepId, attempt } = leased;
  log.warn({ run: runId, step: stepId, attempt, from: worker }, 'a step lost its worker');
  const drained = draining && worker === mine ? { drained: true as const } : {};
  await engine.dispatch(runId, { type: 'lose', worker, stepId, attempt, ...drained });
}

function takeBacklog(desk: Desk): void {
  for (const runId of desk.backlog) {
    if (room(desk) === 0) return;
    desk.backlog.delete(runId);
    visitSafely(desk, runId);
  }
}

function hear(desk: Desk, runId: string, message: RunMessage): void {
  if (message.kind === 'stream-request') desk.streams.repeat(runId);
  if (message.kind !== 'events') return;
  for (const event of message.events ?? []) heed(desk, runId, event);
}

/** Others may have ended a step that this worker is still busy with. */
function heed({ active }: Desk, runId: string, event: RunEvent): void {
  switch (event.type) {
    case 'StepCancelled':
    case 'StepLost':
    case 'StepFailed':
    case 'StepRetryScheduled':
      active.get(keyOfLeased({ ...event, runId }))?.abort('gone');
      break;
    case 'RunFailed':
    case 'RunCancelled':
      for (const one of active.values()) if (one.runId === runId) one.abort('gone');
      break;
    default:
  }
}

async function untilEmpty(active: ReadonlyMap<string, unknown>, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (active.size > 0 && performance.now() < until) await sleep(20);
}

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
import { createSubscriptions } from './subscriptions';
import type { RunStep } from './task';

/** An attempt that this worker has leased. */
export type LeasedStep = { runId: string; stepId: string; attempt: number };

export const keyOfLeased = ({ runId, stepId, attempt }: LeasedStep) =>
  `${runId}/${stepId}/${attempt}`;

export type Executor = {
  /** Looks at a run and takes what is ready there, as far as there is room; remembers it when there is none. */
  visit(runId: string): Promise<void>;
  /** Gives a step of a lost worker back to its run, and takes what is ready there. */
  lose(leased: LeasedStep, worker: string): Promise<void>;
  /** Attempts under way, with those whose outcome is being committed. */
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
type ExecutorState = Parts & {
  active: Map<string, Active>;
  /** Runs that were enqueued while there was no room. */
  backlog: Set<string>;
  streams: Streams;
  subscriptions: ReturnType<typeof createSubscriptions>;
  /** Places kept free for claims that are under way. */
  reserved: number;
  others: number;
  allowed: boolean;
  draining: boolean;
};

/** The most that one claim takes; what is left over is taken by the next one, here or elsewhere. */
const maxClaim = 8;
const lastPatienceMs = 2000;
/** With no more steps than this a worker takes all that it began itself, instead of sharing it. */
const maxUnshared = 16;

/** Claims steps, has them done, and commits what follows. */
export function createExecutor(parts: Parts): Executor {
  const active = new Map<string, Active>();
  const streams = createStreams(parts.bus, parts.texts?.save);
  const subscriptions = createSubscriptions(parts.bus, (runId, message) =>
    onMessage(executor, runId, message),
  );
  const executor: ExecutorState = {
    ...parts,
    active,
    backlog: new Set(),
    streams,
    subscriptions,
    reserved: 0,
    others: 0,
    allowed: true,
    draining: false,
  };
  return {
    visit: (runId) => visit(executor, runId),
    async lose(leased, worker) {
      await giveBack(executor, leased, worker);
      await visit(executor, leased.runId);
    },
    leased: () => [...active.values()],
    holds: (leased) => active.has(keyOfLeased(leased)),
    giveUp: (leased, reason) => active.get(keyOfLeased(leased))?.abort(reason),
    giveUpAll(reason) {
      for (const entry of active.values()) entry.abort(reason);
    },
    room: () => room(executor),
    learnOfOthers(count) {
      executor.others = count;
    },
    allow(allowed) {
      executor.allowed = allowed;
    },
    async drain(patienceMs) {
      executor.draining = true;
      await untilEmpty(active, patienceMs);
      for (const entry of active.values()) entry.abort('lease');
      await untilEmpty(active, lastPatienceMs);
      subscriptions.close();
      streams.close();
    },
  };
}

function room({ draining, allowed, capacity, active, reserved }: ExecutorState): number {
  return draining || !allowed ? 0 : Math.max(capacity - active.size - reserved, 0);
}

async function visit(executor: ExecutorState, runId: string, most = maxClaim): Promise<void> {
  if (executor.draining) return;
  const limit = Math.min(room(executor), most, maxClaim);
  if (limit === 0) {
    executor.backlog.add(runId);
    return;
  }
  const command = { type: 'claim', worker: executor.worker, limit } as const;
  await reserving(executor, limit, async () => {
    startClaimed(executor, runId, await executor.engine.dispatch(runId, command));
  });
  takeBacklog(executor);
}

/**
 * Takes this worker's share of runs that were just begun, without the queue; what it has no room for waits here when
 * there is no other worker. Gives back those for which jobs are to be enqueued.
 */
function takeShare(
  executor: ExecutorState,
  runs: readonly StartedChild[],
): readonly StartedChild[] {
  if (executor.draining || !executor.allowed) return runs;
  const busy = executor.active.size + runs.length > maxUnshared;
  const share = busy ? Math.ceil(runs.length / (executor.others + 1)) : runs.length;
  const left: StartedChild[] = [];
  for (const [place, run] of runs.entries()) {
    if (place >= share || (executor.others > 0 && room(executor) === 0)) left.push(run);
    else visitSafely(executor, run.runId, run.ready);
  }
  return left;
}

function visitSafely(executor: ExecutorState, runId: string, most?: number): void {
  visit(executor, runId, most).catch((error: unknown) => {
    executor.log.error({ err: error, run: runId }, 'a run could not be looked at');
  });
}

/** Keeps places free until the work that may fill them is over. */
async function reserving(
  executor: ExecutorState,
  places: number,
  work: () => Promise<void>,
): Promise<void> {
  executor.reserved += places;
  try {
    await work();
  } finally {
    executor.reserved -= places;
  }
}

/** Starts the work of every step that a decision gave to this worker, and has the run reconciled with its parent and children. */
function startClaimed(
  executor: ExecutorState,
  runId: string,
  dispatched: Dispatched | undefined,
): void {
  if (
    dispatched !== undefined &&
    isInRunTree(dispatched.state, dispatched.parentLink !== undefined)
  ) {
    void executor.childRuns.reconcile(runId, {
      known: dispatched,
      take: (runs) => takeShare(executor, runs),
    });
  }
  for (const event of dispatched?.events ?? []) {
    if (dispatched === undefined || event.type !== 'StepStarted') continue;
    if (event.worker === executor.worker) void perform(executor, { ...event, runId }, dispatched);
  }
  if (dispatched !== undefined && readySteps(dispatched.state, 1).length > 0)
    executor.backlog.add(runId);
}

async function perform(
  executor: ExecutorState,
  event: LeasedStep,
  dispatched: Dispatched,
): Promise<void> {
  const { state, workspaceId, parentLink } = dispatched;
  const { runId, stepId, attempt } = event;
  const step = planStep(state.plan, stepId);
  if (step === undefined) return;
  const leased = { runId, stepId, attempt };
  const stream = executor.streams.open(leased);
  const task = {
    ...leased,
    workspaceId,
    state,
    step,
    onDelta: stream.push,
    ...(parentLink === undefined ? {} : { parentLink }),
  };
  const { abort, outcome, calls } = startAttempt(executor.runStep, task, (reason) => {
    executor.log.error({ run: runId, step: stepId, attempt, reason }, 'a step does not stop');
    executor.onStuck?.();
  });
  executor.active.set(keyOfLeased(leased), { ...leased, abort });
  executor.subscriptions.enter(runId);
  try {
    const end = await outcome;
    stream.close();
    const well = typeof end === 'object' && end.ok !== false;
    // Before the failure is known, so that who hears of it can read what was written.
    if (!well) await stream.keep();
    if (end === 'lease') await giveBack(executor, leased, executor.worker);
    if (end === 'lease' || end === 'gone') await account(executor, leased, calls);
    else await settle(executor, leased, end);
    if (well && (stream.isKept() || attempt > 1)) await executor.texts?.remove(leased);
  } catch (error) {
    executor.log.error({ err: error, run: runId, step: stepId, attempt }, 'a step was not settled');
  } finally {
    stream.close();
    executor.subscriptions.exit(runId);
    executor.active.delete(keyOfLeased(leased));
    takeBacklog(executor);
  }
}

async function settle(
  executor: ExecutorState,
  leased: LeasedStep,
  outcome: StepOutcome,
): Promise<void> {
  const { engine, worker, log } = executor;
  const { runId, stepId, attempt } = leased;
  const command = { type: 'settle', worker, stepId, attempt } as const;
  // This step's own place becomes free.
  const more = Math.min(room(executor), maxClaim - 1);
  const limit = executor.draining || !executor.allowed ? 0 : more + 1;
  await reserving(executor, more, async () => {
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
      await account(executor, leased, outcome.calls ?? []);
    }
    announceWaits(executor, dispatched);
    startClaimed(executor, runId, dispatched);
  });
}

/** What an attempt has cost whose result is no longer wanted: its step was cancelled, lost or timed out elsewhere. */
async function account(
  { engine }: ExecutorState,
  leased: LeasedStep,
  calls: readonly Call[],
): Promise<void> {
  if (calls.length === 0) return;
  const { runId, stepId, attempt } = leased;
  await engine.dispatch(runId, { type: 'spend', stepId, attempt, calls: [...calls] });
}

function announceWaits({ onWait }: ExecutorState, dispatched: Dispatched | undefined): void {
  for (const event of dispatched?.events ?? []) {
    const channel = event.type === 'StepWaiting' ? event.wait.channel : undefined;
    if (dispatched !== undefined && channel !== undefined)
      onWait?.(dispatched.workspaceId, channel);
  }
}

async function giveBack(
  { engine, log, draining, worker: mine }: ExecutorState,
  leased: LeasedStep,
  worker: string,
): Promise<void> {
  const { runId, stepId, attempt } = leased;
  log.warn({ run: runId, step: stepId, attempt, from: worker }, 'a step lost its worker');
  const drained = draining && worker === mine ? { drained: true as const } : {};
  await engine.dispatch(runId, { type: 'lose', worker, stepId, attempt, ...drained });
}

function takeBacklog(executor: ExecutorState): void {
  for (const runId of executor.backlog) {
    if (room(executor) === 0) return;
    executor.backlog.delete(runId);
    visitSafely(executor, runId);
  }
}

function onMessage(executor: ExecutorState, runId: string, message: RunMessage): void {
  if (message.kind === 'stream-request') executor.streams.repeat(runId);
  if (message.kind !== 'events') return;
  for (const event of message.events ?? []) onEvent(executor, runId, event);
}

/** Others may have ended a step that this worker is still busy with. */
function onEvent({ active }: ExecutorState, runId: string, event: RunEvent): void {
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

import type {
  Call,
  RunEvent,
  RunState,
  RunStatus,
  StepEventBody,
  StepState,
  Usage,
} from '@/lib/runs/schema';
import { sumUsd } from '@/lib/spending/pico';
import { at, objectIn } from '@/lib/values/unknown';
import { handlesErrors, isEnded, isSettled } from './readiness';

/** A run after one more event; see {@link evolveAll}. */
export function evolve(state: RunState, event: RunEvent): RunState {
  return evolveAll(state, [event]);
}

/**
 * A run after some events, in order; the given state stays as it was. Events that it already holds change nothing,
 * and a gap in their numbers throws a RangeError: fetch what is missing first. Worker, web and browser all replay
 * with this.
 */
export function evolveAll(state: RunState, events: readonly RunEvent[]): RunState {
  const fresh = events.filter((event) => event.seq > state.seq);
  if (fresh.length === 0) return state;
  const next = { ...state, steps: { ...state.steps } };
  for (const event of fresh) applyEvent(next, event);
  return next;
}

/** Applies one event to a state that the caller owns. Step states are replaced, never changed. */
export function applyEvent(state: RunState, event: RunEvent): void {
  if (event.seq !== state.seq + 1) {
    throw new RangeError(`Event ${event.seq} cannot follow event ${state.seq}.`);
  }
  state.seq = event.seq;
  applyBody(state, event);
  state.status = statusOf(state, event);
}

function applyBody(state: RunState, event: RunEvent): void {
  switch (event.type) {
    case 'RunStarted':
      if (event.earlier) state.earlier = event.earlier;
      for (const id of event.changed?.steps ?? []) {
        const step = state.steps[id];
        if (step) state.steps[id] = { ...step, ...given('changedBy', event.changed?.by) };
      }
      break;
    case 'RunCancelRequested':
      state.cancelRequestedBy = event.by;
      break;
    case 'RunPaused':
      state.pausedBy = event.by;
      state.waitingSince ??= event.at;
      break;
    case 'RunResumed':
      delete state.pausedBy;
      stopWaiting(state, event.at);
      break;
    case 'DebugSet':
      state.debug = event.debug;
      break;
    case 'RunFailing':
      state.failing = {
        error: event.error,
        at: event.at,
        ...given('stepId', event.stepId),
      };
      break;
    case 'RunSucceeded':
      state.output = event.output;
      end(state, event.at);
      break;
    case 'RunFailed':
      state.error = event.error;
      end(state, event.at);
      break;
    case 'RunCancelled':
      end(state, event.at);
      break;
    default:
      applyStep(state, event);
  }
}

function applyStep(state: RunState, event: { seq: number; at: number } & StepEventBody): void {
  const step = state.steps[event.stepId];
  if (step === undefined) throw new RangeError(`Event ${event.seq} names no step of the plan.`);
  if (event.type === 'StepStarted') state.startedAt ??= event.at;
  if ('calls' in event) {
    state.usage = (event.calls ?? []).reduce((sum, call) => add(sum, call.usage), state.usage);
  }
  if (event.type === 'StepResumed' && event.usage) state.usage = add(state.usage, event.usage);
  const after = stepAfter(step, event, event.at);
  state.steps[event.stepId] = after;
  if (isScripted(event)) {
    after.scripted = true;
    state.scripted = true;
  }
  const waits = event.type === 'StepWaiting';
  if (waits) state.waitingSince ??= event.at;
  else if (step.status === 'waiting') stopWaiting(state, event.at);
}

/** Whether an event tells that the built-in scripted model answered. */
function isScripted(event: StepEventBody): boolean {
  if ('calls' in event) return event.calls?.some((call) => call.rehearsed) ?? false;
  if (event.type === 'StepReused') return event.scripted === true;
  return event.type === 'StepResumed' && event.usage?.scripted === true;
}

/** The run's clock goes on when nothing waits any more and nobody has paused it. */
function stopWaiting(state: RunState, at: number): void {
  const { waitingSince } = state;
  if (waitingSince === undefined || state.pausedBy !== undefined) return;
  for (const id in state.steps) if (state.steps[id]?.status === 'waiting') return;
  state.waitedMs = (state.waitedMs ?? 0) + at - waitingSince;
  delete state.waitingSince;
}

function stepAfter(step: StepState, event: StepEventBody, at: number): StepState {
  const { timeoutAt: _timeoutAt, retryAt: _retryAt, wait: _wait, ...rest } = step;
  switch (event.type) {
    case 'StepReady':
      return { ...rest, status: 'ready', readyAt: at };
    case 'StepStarted':
      return {
        ...withoutError(rest),
        status: 'running',
        attempt: event.attempt,
        worker: event.worker,
        readyAt: rest.status === 'ready' ? (rest.readyAt ?? at) : at,
        // Work that is called again after a wait goes on where it was.
        startedAt: rest.memo === undefined ? at : (rest.startedAt ?? at),
        timeoutAt: event.timeoutAt,
      };
    case 'StepSucceeded':
      return {
        ...withoutError(rest),
        status: 'succeeded',
        ports: event.ports,
        output: event.output,
        ...given('input', event.input),
        ...given('reason', event.reason),
        ...allCalls(rest, event.calls),
        finishedAt: at,
      };
    case 'StepRetryScheduled':
      return {
        ...withoutMemo(rest),
        status: 'retrying',
        failures: (rest.failures ?? 0) + 1,
        error: event.error,
        ...allCalls(rest, event.calls),
        retryAt: event.retryAt,
      };
    case 'StepFailed':
      return {
        ...rest,
        status: 'failed',
        failures: (rest.failures ?? 0) + 1,
        error: event.error,
        ...given('ports', event.ports),
        ...given('output', event.output),
        ...given('input', event.input),
        ...allCalls(rest, event.calls),
        finishedAt: at,
      };
    case 'StepResumed':
      return {
        ...withoutResumed(rest),
        status: 'ready',
        readyAt: at,
        ...given('resumed', event.value),
        ...(givesSettings(event.value) ? given('changedBy', event.by) : {}),
      };
    case 'StepReused':
      return {
        ...rest,
        status: 'succeeded',
        ports: event.ports ?? [],
        output: event.output ?? null,
        ...given('input', event.input),
        ...given('reason', event.reason),
        ...(event.given ? { given: true } : { reusedFrom: event.from }),
        finishedAt: at,
      };
    case 'StepWaiting':
      return {
        ...withoutResumed(withoutError(rest)),
        status: 'waiting',
        wait: event.wait,
        ...given('memo', event.wait.memo),
        ...(event.wait.kind === 'children' ? { spawned: true } : {}),
        waitingSince: at,
        ...given('input', event.input),
        ...allCalls(rest, event.calls),
      };
    case 'StepLost': {
      const losses = (rest.losses ?? 0) + (event.drained ? 0 : 1);
      return { ...rest, status: 'ready', ...(losses > 0 ? { losses } : {}), readyAt: at };
    }
    case 'StepSkipped':
      return { ...rest, status: 'skipped', reason: event.reason, finishedAt: at };
    case 'StepCancelled':
      return { ...rest, status: 'cancelled', finishedAt: at };
    case 'StepSpent':
      return { ...step, ...allCalls(step, event.calls) };
  }
}

/** Whether the debugger let a step go on with other settings. */
function givesSettings(value: unknown): boolean {
  return (
    at(value, 'released') === true && Object.keys(objectIn(at(value, 'settings')) ?? {}).length > 0
  );
}

function end(state: RunState, at: number): void {
  state.finishedAt = at;
  for (const [id, step] of Object.entries(state.steps)) {
    if (isSettled(step.status)) continue;
    const { timeoutAt: _timeoutAt, retryAt: _retryAt, wait: _wait, ...rest } = step;
    // Steps for errors that never came.
    const status =
      step.status === 'pending' && handlesErrors(state.plan, id) ? 'skipped' : 'cancelled';
    state.steps[id] = { ...rest, status, finishedAt: at };
  }
}

/**
 * A run that waits for nothing but time, people, messages or other runs is `waiting`; one that never started a step is
 * `queued`.
 */
function statusOf(state: RunState, event: RunEvent): RunStatus {
  if (isEnded(state.status)) return state.status;
  switch (event.type) {
    case 'RunSucceeded':
      return 'succeeded';
    case 'RunFailed':
      return 'failed';
    case 'RunCancelled':
      return 'cancelled';
    default:
      if (state.pausedBy !== undefined) return 'paused';
      return event.type === 'RunStarted' ? state.status : statusUnderWay(state, event);
  }
}

function statusUnderWay(state: RunState, event: RunEvent): RunStatus {
  switch (event.type) {
    case 'StepReady':
    case 'StepStarted':
    case 'StepResumed':
    case 'StepLost':
      return state.startedAt === undefined ? 'queued' : 'running';
    case 'RunResumed':
      if (state.startedAt === undefined) return 'queued';
      return onlyTimers(state) ? 'waiting' : 'running';
    default:
      return state.startedAt !== undefined && onlyTimers(state) ? 'waiting' : state.status;
  }
}

function onlyTimers(state: RunState): boolean {
  let timers = false;
  for (const id in state.steps) {
    const status = state.steps[id]?.status;
    if (status === 'running' || status === 'ready') return false;
    timers ||= status === 'retrying' || status === 'waiting';
  }
  return timers;
}

function withoutError(step: StepState): StepState {
  const { error: _error, ...rest } = step;
  return rest;
}

/** What is tried again begins from the beginning. */
function withoutMemo(step: StepState): StepState {
  const { memo: _memo, ...rest } = step;
  return rest;
}

function withoutResumed(step: StepState): StepState {
  const { resumed: _resumed, ...rest } = step;
  return rest;
}

function add(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: sumUsd(a.costUsd, b.costUsd),
  };
}

/** Calls of all attempts: what a failed one has cost stays visible. */
function allCalls(step: StepState, calls: Call[] | undefined): { calls?: Call[] } {
  if (calls === undefined || calls.length === 0) return {};
  return { calls: [...(step.calls ?? []), ...calls] };
}

/** An absent field rather than one that is undefined, so that states survive JSON unchanged. */
function given<K extends string, V>(key: K, value: V | undefined): { [Key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [Key in K]?: V };
}

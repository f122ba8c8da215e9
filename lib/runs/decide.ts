import { fold } from './evolve';
import {
  deadlineOf,
  isEnded,
  isSettled,
  planStep,
  readiness,
  readySteps,
  stepsAfter,
} from './readiness';
import { lossLimit, retryDelay } from './retry';
import type {
  Call,
  Failure,
  PlanStep,
  RunCommand,
  RunEvent,
  RunEventBody,
  RunState,
  StepState,
  StepStatus,
  WaitEnd,
} from './schema';

type Settle = Extract<RunCommand, { type: 'settle' }>;

/** A decision in the making: each event is folded at once, so that the next rule sees it. */
type Draft = { state: RunState; events: RunEvent[]; emit(body: RunEventBody): void };

/**
 * What happens to a run when somebody asks something of it: the events, numbered, all at the command's time; none
 * when the command does not apply (a late or repeated result, a run that has ended). Pure: the same state and
 * command always give the same events, and folding them with `evolve` gives the next state.
 */
export function decide(state: RunState, command: RunCommand): RunEvent[] {
  if (isEnded(state.status)) return [];
  const draft = open(state, command.now);
  switch (command.type) {
    case 'start':
      start(draft);
      break;
    case 'tick':
      passTime(draft, command);
      break;
    case 'claim':
      passTime(draft, command);
      claim(draft, command);
      break;
    case 'settle':
      settle(draft, command);
      break;
    case 'lose':
      lose(draft, command);
      break;
    case 'resume':
      resume(draft, command);
      break;
    case 'cancel':
      draft.emit({ type: 'RunCancelRequested', by: command.by });
      cancelStarted(draft);
      draft.emit({ type: 'RunCancelled', by: command.by });
      break;
  }
  return withoutPassingStates(draft.events);
}

/** A step that became ready and was taken in the same decision was never ready for anybody else: one event says it. */
function withoutPassingStates(events: readonly RunEvent[]): RunEvent[] {
  const started = new Set(
    events.flatMap((event) => (event.type === 'StepStarted' ? event.stepId : [])),
  );
  const first = events[0]?.seq ?? 0;
  return events
    .filter((event) => event.type !== 'StepReady' || !started.has(event.stepId))
    .map((event, index) => ({ ...event, seq: first + index }));
}

function open(state: RunState, at: number): Draft {
  const draft: Draft = {
    state: { ...state, steps: { ...state.steps } },
    events: [],
    emit(body) {
      const event = { seq: draft.state.seq + 1, at, ...body };
      fold(draft.state, event);
      draft.events.push(event);
    },
  };
  return draft;
}

function start(draft: Draft): void {
  if (draft.state.seq > 0) return;
  draft.emit({ type: 'RunStarted' });
  for (const step of draft.state.plan.steps) {
    if (step.incoming.length === 0) draft.emit({ type: 'StepReady', stepId: step.id });
  }
  finishWhenSettled(draft);
}

/** The run's own time limit, then those of its steps, then retries that are due. */
function passTime(draft: Draft, { now, random }: { now: number; random: number }): void {
  const { plan } = draft.state;
  if (now >= deadlineOf(draft.state)) {
    const message = `The run took longer than ${plan.timeoutMs} ms.`;
    failRun(draft, { code: 'run_timed_out', message, retryable: false });
    return;
  }
  for (const step of plan.steps) {
    const current = draft.state.steps[step.id];
    if (current?.status === 'running' && now >= (current.timeoutAt ?? Number.POSITIVE_INFINITY)) {
      const message = `The step took longer than ${step.timeoutMs} ms.`;
      failStep(draft, step, {
        error: { code: 'timed_out', message, retryable: true },
        now,
        random,
      });
      if (isEnded(draft.state.status)) return;
    } else if (
      current?.status === 'waiting' &&
      now >= (current.wait?.until ?? Number.POSITIVE_INFINITY)
    ) {
      endWait(draft, step, current.wait?.end ?? { ok: true, output: null });
      if (isEnded(draft.state.status)) return;
    } else if (current?.status === 'retrying' && now >= (current.retryAt ?? 0)) {
      draft.emit({ type: 'StepReady', stepId: step.id });
    }
  }
}

function claim(draft: Draft, command: { now: number; worker: string; limit: number }): void {
  if (isEnded(draft.state.status)) return;
  for (const step of readySteps(draft.state, command.limit)) {
    draft.emit({
      type: 'StepStarted',
      stepId: step.id,
      attempt: (draft.state.steps[step.id]?.attempt ?? 0) + 1,
      worker: command.worker,
      timeoutAt: command.now + step.timeoutMs,
    });
  }
}

function settle(draft: Draft, command: Settle): void {
  const step = held(draft.state, command);
  if (step === undefined) return;
  const { outcome } = command;
  if (outcome.ok === 'wait') {
    const { ok: _, ...waiting } = outcome;
    draft.emit({ type: 'StepWaiting', stepId: step.id, attempt: command.attempt, ...waiting });
    // A wait may be over before it began.
    passTime(draft, command);
  } else if (!outcome.ok) {
    failStep(draft, step, { ...outcome, now: command.now, random: command.random });
  } else {
    draft.emit({
      type: 'StepSucceeded',
      stepId: step.id,
      attempt: command.attempt,
      ports: step.ports.filter((port) => outcome.ports?.includes(port) ?? true),
      output: outcome.output ?? null,
      ...(outcome.input === undefined ? {} : { input: outcome.input }),
      ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
      ...(outcome.calls === undefined ? {} : { calls: outcome.calls }),
    });
    goOn(draft, step.id);
  }
  claim(draft, command);
}

/** Ends a wait, if it is still this one. */
function resume(draft: Draft, command: Extract<RunCommand, { type: 'resume' }>): void {
  const current = draft.state.steps[command.stepId];
  const step = planStep(draft.state.plan, command.stepId);
  if (step === undefined || current?.status !== 'waiting') return;
  if (current.attempt === command.attempt) endWait(draft, step, command.end);
}

function endWait(draft: Draft, step: PlanStep, end: WaitEnd): void {
  const attempt = draft.state.steps[step.id]?.attempt ?? 0;
  if (!end.ok) {
    draft.emit({ type: 'StepFailed', stepId: step.id, attempt, error: end.error });
    failRun(draft, end.error, step.id);
    return;
  }
  draft.emit({
    type: 'StepSucceeded',
    stepId: step.id,
    attempt,
    ports: step.ports.filter((port) => end.ports?.includes(port) ?? true),
    output: end.output ?? null,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
  });
  goOn(draft, step.id);
}

/** The step that a worker speaks of, when it still holds this very attempt. */
function held(
  state: RunState,
  by: { stepId: string; attempt: number; worker: string },
): PlanStep | undefined {
  const current: StepState | undefined = state.steps[by.stepId];
  if (current?.status !== 'running') return undefined;
  if (current.attempt !== by.attempt || current.worker !== by.worker) return undefined;
  return planStep(state.plan, by.stepId);
}

/** After a step settled: its followers become ready or, on dead paths, are skipped, which settles them in turn. */
function goOn(draft: Draft, settledId: string): void {
  let readied = false;
  const queue = [settledId];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const nextId of stepsAfter(draft.state.plan, id)) {
      const next = planStep(draft.state.plan, nextId);
      if (next === undefined || draft.state.steps[nextId]?.status !== 'pending') continue;
      const verdict = readiness(draft.state, next);
      if (verdict === 'go') {
        draft.emit({ type: 'StepReady', stepId: nextId });
        readied = true;
      } else if (verdict === 'skip') {
        draft.emit({ type: 'StepSkipped', stepId: nextId, reason: 'No path leads here.' });
        queue.push(nextId);
      }
    }
  }
  if (!readied) finishWhenSettled(draft);
}

function finishWhenSettled(draft: Draft): void {
  const { plan, steps } = draft.state;
  if (!plan.steps.every((step) => isSettled(steps[step.id]?.status ?? 'pending'))) return;
  draft.emit({ type: 'RunSucceeded', output: outputOf(draft.state) });
}

/** One output step: its output. Several: an object by key, of those that were not skipped. */
function outputOf(state: RunState): unknown {
  const outputs = state.plan.outputs.flatMap((id) => planStep(state.plan, id) ?? []);
  const [first] = outputs;
  if (first === undefined) return null;
  if (outputs.length === 1) return state.steps[first.id]?.output ?? null;
  return Object.fromEntries(
    outputs
      .filter((step) => state.steps[step.id]?.status === 'succeeded')
      .map((step) => [step.key, state.steps[step.id]?.output ?? null]),
  );
}

type Failing = { error: Failure; now: number; random: number; input?: unknown; calls?: Call[] };

/** Another attempt when the failure and the policy allow one; else the step has failed, and the run with it. */
function failStep(draft: Draft, step: PlanStep, failing: Failing): void {
  const { attempt = 0, failures = 0 } = draft.state.steps[step.id] ?? {};
  const calls = failing.calls === undefined ? {} : { calls: failing.calls };
  const ended = { stepId: step.id, attempt, error: failing.error, ...calls };
  if (failing.error.retryable && failures + 1 < step.retry.attempts) {
    const retryAt = failing.now + retryDelay(step.retry, failures + 1, failing.random);
    draft.emit({ type: 'StepRetryScheduled', ...ended, retryAt });
    return;
  }
  const input = failing.input === undefined ? {} : { input: failing.input };
  draft.emit({ type: 'StepFailed', ...ended, ...input });
  failRun(draft, failing.error, step.id);
}

function lose(draft: Draft, command: Extract<RunCommand, { type: 'lose' }>): void {
  const step = held(draft.state, command);
  if (step === undefined) return;
  const { stepId, attempt, worker } = command;
  if ((draft.state.steps[stepId]?.losses ?? 0) < lossLimit) {
    draft.emit({ type: 'StepLost', stepId, attempt, worker });
    return;
  }
  const message = `The step lost its worker ${lossLimit + 1} times: it may be what ends them.`;
  const error = { code: 'worker_lost', message, retryable: false };
  draft.emit({ type: 'StepFailed', stepId, attempt, error });
  failRun(draft, error, stepId);
}

function failRun(draft: Draft, error: Failure, stepId?: string): void {
  cancelStarted(draft);
  draft.emit({ type: 'RunFailed', error, ...(stepId === undefined ? {} : { stepId }) });
}

const underWay: readonly StepStatus[] = ['running', 'retrying', 'waiting'];

/** Steps that a worker holds, or that wait for another attempt or for somebody, are told; the run's end settles all others. */
function cancelStarted(draft: Draft): void {
  for (const { id } of draft.state.plan.steps) {
    const step = draft.state.steps[id];
    if (step === undefined || !underWay.includes(step.status)) continue;
    draft.emit({ type: 'StepCancelled', stepId: id, attempt: step.attempt });
  }
}

import type {
  PlanStep,
  RunCommand,
  RunEvent,
  RunState,
  StepState,
  WaitEnd,
} from '@/lib/runs/schema';
import { cancelStarted, claim, type Decision, goOn, open } from './decision';
import { failForGood, failRun, failStep, loseStep } from './failing';
import { deadlineOf, isEnded, planStep } from './readiness';

type Command<T extends RunCommand['type']> = Extract<RunCommand, { type: T }>;

/**
 * Decides a command: gives its events, numbered, all at the command's time. None where the state rejects the command: a
 * late or repeated result, or a run that has ended, to which only late costs are added. Pure: the same state and command
 * always give the same events, and replaying them with `evolve` gives the next state.
 */
export function decide(state: RunState, command: RunCommand): RunEvent[] {
  if (isEnded(state.status) && command.type !== 'spend') return [];
  const draft = open(state, command.now);
  switch (command.type) {
    case 'start':
      start(draft, command);
      break;
    case 'tick':
      passTime(draft, command);
      break;
    case 'claim':
      passTime(draft, command);
      if (!isEnded(draft.state.status)) claim(draft, command);
      break;
    case 'settle':
      settle(draft, command);
      break;
    case 'lose': {
      const step = leasedStep(state, command);
      if (step) loseStep(draft, step, command);
      break;
    }
    case 'spend': {
      const { stepId, attempt, calls } = command;
      if (planStep(state.plan, stepId)) draft.emit({ type: 'StepSpent', stepId, attempt, calls });
      break;
    }
    case 'resume':
      resume(draft, command);
      break;
    case 'pause':
      if (state.pausedBy === undefined) draft.emit({ type: 'RunPaused', by: command.by });
      break;
    case 'continue':
      if (state.pausedBy !== undefined) draft.emit({ type: 'RunResumed', by: command.by });
      break;
    case 'debug':
      draft.emit({ type: 'DebugSet', by: command.by, debug: command.debug });
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

/** Steps whose results were reused count as done; of the others, those that nothing leads to are ready. */
function start(draft: Decision, { reuse, debug, changed }: Command<'start'>): void {
  if (draft.state.seq > 0) return;
  const { earlier = {} } = reuse ?? {};
  draft.emit({
    type: 'RunStarted',
    ...(Object.keys(earlier).length > 0 ? { earlier } : {}),
    ...(changed === undefined ? {} : { changed }),
  });
  if (debug) draft.emit({ type: 'DebugSet', by: '', debug });
  const { steps } = draft.state.plan;
  const reused = steps.flatMap(({ id }) => (reuse?.steps[id] ? [id] : []));
  for (const stepId of reused) {
    draft.emit({ type: 'StepReused', stepId, from: reuse?.from ?? '', ...reuse?.steps[stepId] });
  }
  for (const { id, kind, incoming } of steps) {
    if (incoming.length > 0 || kind === 'handler' || reused.includes(id)) continue;
    draft.emit({ type: 'StepReady', stepId: id });
  }
  goOn(draft, ...reused);
}

/**
 * The run's own time limit, then waits that are over and retries that are due. A step's time is kept by the worker that
 * has it, which settles it, and a worker that is gone loses it: were it kept here as well, the time for which the
 * database was away would count, and work that was done would be thrown away.
 */
function passTime(draft: Decision, { now }: { now: number }): void {
  const { plan } = draft.state;
  if (now >= deadlineOf(draft.state)) {
    const message = `The run timed out after ${plan.timeoutMs} ms.`;
    failRun(draft, { code: 'run_timed_out', message, retryable: false });
    return;
  }
  const never = Number.POSITIVE_INFINITY;
  for (const step of plan.steps) {
    const current = draft.state.steps[step.id];
    if (current?.status === 'waiting' && now >= (current.wait?.until ?? never)) {
      endWait(draft, step, current.wait?.end ?? { ok: true, output: null });
    } else if (current?.status === 'retrying' && now >= (current.retryAt ?? 0)) {
      draft.emit({ type: 'StepReady', stepId: step.id });
    }
    if (isEnded(draft.state.status)) return;
  }
}

function settle(draft: Decision, command: Command<'settle'>): void {
  const step = leasedStep(draft.state, command);
  if (step === undefined) return;
  const { outcome, attempt } = command;
  if (outcome.ok === 'wait') {
    const { ok: _, ...waiting } = outcome;
    draft.emit({ type: 'StepWaiting', stepId: step.id, attempt, ...waiting });
    // A wait may be over before it began.
    passTime(draft, command);
  } else if (!outcome.ok) {
    failStep(draft, step, { ...outcome, now: command.now, random: command.random });
  } else succeed(draft, step, outcome);
  if (!isEnded(draft.state.status)) claim(draft, command);
}

type Success = Extract<Command<'settle'>['outcome'], { ok: true }>;

function succeed(draft: Decision, step: PlanStep, done: Success): void {
  const output = done.output ?? null;
  draft.emit({
    type: 'StepSucceeded',
    stepId: step.id,
    attempt: draft.state.steps[step.id]?.attempt ?? 0,
    ports: step.ports.filter((port) => done.ports?.includes(port) ?? true),
    output,
    ...(done.input === undefined ? {} : { input: done.input }),
    ...(done.reason === undefined ? {} : { reason: done.reason }),
    ...(done.calls === undefined ? {} : { calls: done.calls }),
  });
  if (step.kind !== 'stop') {
    goOn(draft, step.id);
    return;
  }
  cancelStarted(draft);
  draft.emit({ type: 'RunSucceeded', output });
}

/** Ends a wait, if it is still this one. */
function resume(draft: Decision, command: Command<'resume'>): void {
  const current = draft.state.steps[command.stepId];
  const step = planStep(draft.state.plan, command.stepId);
  if (step === undefined || current?.status !== 'waiting') return;
  if (current.attempt === command.attempt) endWait(draft, step, command.end, command.by);
}

function endWait(draft: Decision, step: PlanStep, end: WaitEnd, by?: string): void {
  if (end.ok === 'again') {
    draft.emit({
      type: 'StepResumed',
      stepId: step.id,
      attempt: draft.state.steps[step.id]?.attempt ?? 0,
      ...(end.value === undefined ? {} : { value: end.value }),
      ...(by === undefined ? {} : { by }),
      ...(end.usage === undefined ? {} : { usage: end.usage }),
    });
  } else if (end.ok) succeed(draft, step, end);
  else failForGood(draft, step, end);
}

/** The step that a worker names, when this attempt is still leased to it. */
function leasedStep(
  state: RunState,
  by: { stepId: string; attempt: number; worker: string },
): PlanStep | undefined {
  const current: StepState | undefined = state.steps[by.stepId];
  if (current?.status !== 'running') return undefined;
  if (current.attempt !== by.attempt || current.worker !== by.worker) return undefined;
  return planStep(state.plan, by.stepId);
}

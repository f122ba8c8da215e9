import type { PlanStep, RunEvent, RunEventBody, RunState, StepStatus } from '@/lib/runs/schema';
import { applyEvent } from './evolve';
import {
  handlesErrors,
  isSettled,
  planStep,
  readiness,
  readySteps,
  stepsAfter,
  stepsOnlyFor,
} from './readiness';

/** A decision in the making: each event is applied at once, so that the next rule sees it. */
export type Decision = { state: RunState; events: RunEvent[]; emit(body: RunEventBody): void };

/** Begins a decision, at this time. */
export function open(state: RunState, at: number): Decision {
  const draft: Decision = {
    state: { ...state, steps: { ...state.steps } },
    events: [],
    emit(body) {
      const event = { seq: draft.state.seq + 1, at, ...body };
      applyEvent(draft.state, event);
      draft.events.push(event);
    },
  };
  return draft;
}

/** Gives ready steps to a worker. */
export function claim(
  draft: Decision,
  { now, worker, limit }: { now: number; worker: string; limit: number },
): void {
  for (const step of readySteps(draft.state, limit)) {
    draft.emit({
      type: 'StepStarted',
      stepId: step.id,
      attempt: (draft.state.steps[step.id]?.attempt ?? 0) + 1,
      worker,
      timeoutAt: now + step.timeoutMs,
    });
  }
}

/** After steps settled: what follows becomes ready or, on dead paths, is skipped, which settles it in turn. */
export function goOn(draft: Decision, ...settled: string[]): void {
  let readied = false;
  for (let id = settled.shift(); id !== undefined; id = settled.shift()) {
    for (const nextId of stepsAfter(draft.state.plan, id)) {
      const next = planStep(draft.state.plan, nextId);
      if (next === undefined || draft.state.steps[nextId]?.status !== 'pending') continue;
      const verdict = readiness(draft.state, next);
      if (verdict === 'go') {
        draft.emit({ type: 'StepReady', stepId: nextId });
        readied = true;
        if (next.join?.cancelRest) settled.push(...cancelFor(draft, next));
      } else if (verdict === 'skip') {
        draft.emit({
          type: 'StepSkipped',
          stepId: nextId,
          reason: 'Skipped: its branch was not taken.',
        });
        settled.push(nextId);
      }
    }
  }
  if (!readied) finishWhenSettled(draft);
}

/** Ends what only led to a step that goes on without it. */
function cancelFor(draft: Decision, join: PlanStep): string[] {
  const needless = stepsOnlyFor(draft.state, join);
  for (const stepId of needless) {
    const { attempt = 0, status = 'pending' } = draft.state.steps[stepId] ?? {};
    if (status === 'pending') {
      draft.emit({ type: 'StepSkipped', stepId, reason: `“${join.name}” went on without it.` });
    } else draft.emit({ type: 'StepCancelled', stepId, attempt });
  }
  return needless;
}

/** Ends the run when nothing is left to do. Steps for errors count only once there was one. */
export function finishWhenSettled(draft: Decision): void {
  const { plan, steps, failing } = draft.state;
  const left = plan.steps.some(
    ({ id }) =>
      handlesErrors(plan, id) === (failing !== undefined) &&
      !isSettled(steps[id]?.status ?? 'pending'),
  );
  if (left) return;
  if (failing) draft.emit({ type: 'RunFailed', ...withoutTime(failing) });
  else draft.emit({ type: 'RunSucceeded', output: outputOf(draft.state) });
}

export function withoutTime({ at: _, ...rest }: NonNullable<RunState['failing']>) {
  return rest;
}

/** One output step: its output. Several: an object by key, of those that have one. */
function outputOf(state: RunState): unknown {
  const outputs = state.plan.outputs.flatMap((id) => planStep(state.plan, id) ?? []);
  const [first] = outputs;
  if (first === undefined) return null;
  if (outputs.length === 1) return state.steps[first.id]?.output ?? null;
  return Object.fromEntries(
    outputs.flatMap(({ id, key }) => {
      const { status, output = null } = state.steps[id] ?? {};
      return status === 'succeeded' ? [[key, output]] : [];
    }),
  );
}

const underWay: readonly StepStatus[] = ['running', 'retrying', 'waiting'];

/**
 * Cancels steps that are leased, or that wait for another attempt or for somebody, each with an event; the run's end
 * covers all others. `ready` ones too, when the run goes on without them.
 */
export function cancelStarted(draft: Decision, ready = false): void {
  for (const { id } of draft.state.plan.steps) {
    const step = draft.state.steps[id];
    if (step === undefined) continue;
    if (!underWay.includes(step.status) && !(ready && step.status === 'ready')) continue;
    draft.emit({ type: 'StepCancelled', stepId: id, attempt: step.attempt });
  }
}

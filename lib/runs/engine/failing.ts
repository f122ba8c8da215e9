import type { Call, Failure, PlanStep } from '@/lib/runs/schema';
import { cancelStarted, type Decision, goOn, withoutTime } from './decision';
import { deadlineOf } from './readiness';
import { lossLimit, mayRetry, nextAttempt } from './retry';

/** The port that a failed step leads on through, when its policy says so. */
export const errorPort = 'error';

export type Failing = {
  error: Failure;
  now: number;
  random: number;
  input?: unknown;
  calls?: Call[];
};

/** Another attempt when the failure and the policies allow one; else the step has failed. */
export function failStep(draft: Decision, step: PlanStep, failing: Failing): void {
  const { attempt = 0, failures = 0 } = draft.state.steps[step.id] ?? {};
  const { error } = failing;
  const more = failures + 1 < step.retry.attempts && mayRetry(step, error);
  if (more && (step.effects === undefined || error.noEffect)) {
    const next = nextAttempt(step.retry, error, {
      ...{ failures: failures + 1, now: failing.now, random: failing.random },
      deadline: deadlineOf(draft.state),
    });
    if ('refused' in next) {
      const message = `${error.message} ${next.refused}`;
      failForGood(draft, step, { ...failing, error: { ...error, message } });
      return;
    }
    const retryAt = next.at;
    const calls = failing.calls === undefined ? {} : { calls: failing.calls };
    draft.emit({ type: 'StepRetryScheduled', stepId: step.id, attempt, error, ...calls, retryAt });
  } else if (more && step.effects === 'ask') askWhetherAgain(draft, step, failing);
  else failForGood(draft, step, failing);
}

/** A worker is gone in the middle of a step. What may have had its effect is not simply done again. */
export function loseStep(
  draft: Decision,
  step: PlanStep,
  { worker, drained }: { worker: string; drained?: true },
): void {
  const { attempt = 0, losses = 0 } = draft.state.steps[step.id] ?? {};
  if (step.effects !== undefined) {
    const message = 'The worker was lost in the middle of the step. It may have taken effect.';
    const error = { code: 'outcome_unknown', message, retryable: false };
    if (step.effects === 'ask') askWhetherAgain(draft, step, { error });
    else failForGood(draft, step, { error });
  } else if (drained) {
    draft.emit({ type: 'StepLost', stepId: step.id, attempt, worker, drained });
  } else if (losses < lossLimit) {
    draft.emit({ type: 'StepLost', stepId: step.id, attempt, worker });
  } else {
    const message = `The step lost its worker ${lossLimit + 1} times and is not retried: it may be the cause. Make its work smaller, then retry from here.`;
    failForGood(draft, step, { error: { code: 'worker_lost', message, retryable: false } });
  }
}

/** A person knows better whether something has happened: they may let it run again, give its result, or let it fail. */
function askWhetherAgain(
  draft: Decision,
  step: PlanStep,
  { error, input, calls }: Pick<Failing, 'error' | 'input' | 'calls'>,
): void {
  draft.emit({
    type: 'StepWaiting',
    stepId: step.id,
    attempt: draft.state.steps[step.id]?.attempt ?? 0,
    wait: { kind: 'person', ask: { recover: error }, tell: unknownOutcome(step) },
    ...(input === undefined ? {} : { input }),
    ...(calls === undefined ? {} : { calls }),
  });
}

const unknownOutcome = ({ name }: PlanStep) =>
  `Nobody knows whether “${name}” took effect. Say whether it is to run again.`;

/** The step has failed; what its policy says decides what becomes of the run. */
export function failForGood(
  draft: Decision,
  step: PlanStep,
  { error, input, calls }: Pick<Failing, 'error' | 'input' | 'calls'>,
): void {
  const { onError } = step;
  draft.emit({
    type: 'StepFailed',
    stepId: step.id,
    attempt: draft.state.steps[step.id]?.attempt ?? 0,
    error,
    ...(calls === undefined ? {} : { calls }),
    ...(input === undefined ? {} : { input }),
    ...(onError?.go === 'port' ? { ports: [errorPort], output: { error } } : {}),
    ...(onError?.go === 'on' ? { ports: step.ports, output: onError.output } : {}),
  });
  if (onError === undefined) failRun(draft, error, step.id);
  else goOn(draft, step.id);
}

/** The run fails: at once, or when the steps that handle errors are through. */
export function failRun(draft: Decision, error: Failure, stepId?: string): void {
  const { plan, failing } = draft.state;
  const failed = { error, ...(stepId === undefined ? {} : { stepId }) };
  const handlers = plan.steps.filter(({ kind }) => kind === 'handler');
  if (failing !== undefined || handlers.length === 0) {
    cancelStarted(draft);
    draft.emit({ type: 'RunFailed', ...(failing ? withoutTime(failing) : failed) });
    return;
  }
  cancelStarted(draft, true);
  draft.emit({ type: 'RunFailing', ...failed });
  for (const { id } of handlers) draft.emit({ type: 'StepReady', stepId: id });
}

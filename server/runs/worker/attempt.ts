import type { Call, StepOutcome } from '@/lib/runs/schema';
import { cleanText } from '@/lib/runs/values/clean';
import { givenUp } from './revocation';
import type { RunStep, Task } from './task';

/** Why an attempt is given up: its time is over, it is no longer wanted, or it may belong to somebody else now. */
export type Reason = 'timeout' | 'gone' | 'lease';

export type Attempt = {
  /** Gives the attempt up; without effect once its outcome is known. */
  abort(reason: Reason): void;
  /** How it ended. Never rejects. */
  outcome: Promise<StepOutcome | 'gone' | 'lease'>;
  /** Model calls so far: they cost, also when the attempt was given up. */
  calls: readonly Call[];
};

/** Work that goes on for longer than this after it was given up does not listen. */
const stuckMs = 1000;

/**
 * Starts a step's work under a time limit. An attempt that is given up has its outcome at once, whether or not the work
 * stops, and its context is revoked. `onStuck` is called when the work still goes on a second later.
 */
export function startAttempt(
  runStep: RunStep,
  task: Omit<Task, 'signal' | 'calls'>,
  onStuck: (reason: Reason) => void,
): Attempt {
  const { timeoutMs } = task.step;
  const controller = new AbortController();
  const { signal } = controller;
  const { promise: aborted, resolve } = Promise.withResolvers<Reason>();
  const calls: Call[] = [];
  let over = false;
  let stuck: NodeJS.Timeout | undefined;
  const abort = (reason: Reason) => {
    if (over || signal.aborted) return;
    resolve(reason);
    stuck = setTimeout(() => onStuck(reason), stuckMs);
    controller.abort(givenUp(reason));
  };
  const timer = setTimeout(() => abort('timeout'), timeoutMs);
  const onDelta = (text: string) => {
    if (!signal.aborted) task.onDelta(text);
  };
  const done = work(runStep, { ...task, onDelta, signal, calls }).finally(() =>
    clearTimeout(stuck),
  );
  const outcome = Promise.race([done, aborted]).then((end) => {
    over = true;
    clearTimeout(timer);
    return end === 'timeout' ? timedOut(timeoutMs, calls) : end;
  });
  return { abort, outcome, calls };
}

async function work(runStep: RunStep, task: Task): Promise<StepOutcome> {
  try {
    return await runStep(task);
  } catch (error) {
    const message = cleanText(error instanceof Error ? error.message : String(error));
    return { ok: false, error: { code: 'unexpected', message, retryable: true } };
  }
}

function timedOut(timeoutMs: number, calls: readonly Call[]): StepOutcome {
  const message = `The step timed out after ${timeoutMs} ms.`;
  const error = { code: 'timed_out', message, retryable: true };
  return { ok: false, error, ...(calls.length === 0 ? {} : { calls: [...calls] }) };
}

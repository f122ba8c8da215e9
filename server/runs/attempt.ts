import { cleanText } from '@/lib/runs/clean';
import type { StepOutcome } from '@/lib/runs/schema';
import type { RunStep, Task } from './task';

/** Why an attempt is given up: its time is over, it is no longer wanted, or it may belong to somebody else now. */
export type Reason = 'timeout' | 'gone' | 'lease';

export type Attempt = {
  /** Gives the attempt up; without effect once its outcome is known. */
  abort(reason: Reason): void;
  /** How it ended. Never rejects. */
  outcome: Promise<StepOutcome | 'gone' | 'lease'>;
};

/**
 * Starts a step's work under a time limit of its own. Work that does not listen to its signal is left to itself:
 * the clock is not in its hands.
 */
export function startAttempt(runStep: RunStep, task: Omit<Task, 'signal'>): Attempt {
  const { timeoutMs } = task.step;
  const controller = new AbortController();
  const { promise: aborted, resolve } = Promise.withResolvers<Reason>();
  let over = false;
  const abort = (reason: Reason) => {
    if (over) return;
    resolve(reason);
    controller.abort(new Error(`The step was given up (${reason}).`));
  };
  const timer = setTimeout(() => abort('timeout'), timeoutMs);
  const outcome = Promise.race([
    work(runStep, { ...task, signal: controller.signal }),
    aborted,
  ]).then((end) => {
    over = true;
    clearTimeout(timer);
    return end === 'timeout' ? timedOut(timeoutMs) : end;
  });
  return { abort, outcome };
}

async function work(runStep: RunStep, task: Task): Promise<StepOutcome> {
  try {
    return await runStep(task);
  } catch (error) {
    const message = cleanText(error instanceof Error ? error.message : String(error));
    return { ok: false, error: { code: 'unexpected', message, retryable: true } };
  }
}

function timedOut(timeoutMs: number): StepOutcome {
  const message = `The step took longer than ${timeoutMs} ms.`;
  return { ok: false, error: { code: 'timed_out', message, retryable: true } };
}

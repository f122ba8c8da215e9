import type { Failure, PlanStep } from '@/lib/runs/schema';
import { isoOf } from '@/lib/runs/values/iso';

/**
 * How often a step may lose its worker and be taken up again; the next time it counts as the cause, and fails. A
 * worker that ends in good order gives its steps back, which does not count.
 */
export const lossLimit = 2;

/**
 * Milliseconds to wait after the `failures`-th failed attempt: the first wait doubled each time, up to the policy's
 * most, spread by the policy's jitter, ±25 % by default (`random` in [0, 1)), so that steps that failed together do
 * not come back together.
 */
export function retryDelay(retry: PlanStep['retry'], failures: number, random: number): number {
  const doubled = retry.backoffMs * 2 ** Math.min(failures - 1, 40);
  const most = Math.min(doubled, retry.maxBackoffMs);
  const { jitter = 0.25 } = retry;
  return Math.round(Math.min(most * (1 - jitter + random * 2 * jitter), retry.maxBackoffMs));
}

/** The longest wait that somebody else may impose on a step; who asks for more lets it fail. */
export const maxRetryAfterMs = 3_600_000;

/**
 * When the next attempt may start: after the policy's own wait, and not before whoever was asked wants to be asked
 * again. `refused`: that would be too late, as a sentence.
 */
export function nextAttempt(
  retry: PlanStep['retry'],
  error: Failure,
  failing: { failures: number; now: number; random: number; deadline: number },
): { at: number } | { refused: string } {
  const { failures, now, random, deadline } = failing;
  const own = now + retryDelay(retry, failures, random);
  const asked = now + (error.retryAfterMs ?? 0);
  if (asked <= own) return { at: own };
  const when = `${isoOf(asked).slice(0, 19).replace('T', ' ')} UTC`;
  if (asked - now > maxRetryAfterMs) {
    const refused = `It accepts no requests before ${when}, and a step waits at most an hour. Retry then.`;
    return { refused };
  }
  if (asked < deadline) return { at: asked };
  return { refused: `It accepts no requests before ${when}, after the run’s time limit.` };
}

/** Whether a failure may be tried again, apart from how often. */
export function mayRetry({ retry }: Pick<PlanStep, 'retry'>, error: Failure): boolean {
  return retry.codes === undefined ? error.retryable : retry.codes.includes(error.code);
}

import type { Failure, PlanStep } from './schema';

/** How often a step may lose its worker before it counts as the cause. */
export const lossLimit = 10;

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

/** Whether a failure may be tried again, apart from how often. */
export function mayRetry({ retry }: Pick<PlanStep, 'retry'>, error: Failure): boolean {
  return retry.codes === undefined ? error.retryable : retry.codes.includes(error.code);
}

import type { PlanStep } from './schema';

/** How often a step may lose its worker before it counts as the cause. */
export const lossLimit = 10;

/**
 * Milliseconds to wait after the `failures`-th failed attempt: the first wait doubled each time, up to the policy's
 * most, spread by ±25 % (`random` in [0, 1)) so that steps that failed together do not come back together.
 */
export function retryDelay(retry: PlanStep['retry'], failures: number, random: number): number {
  const doubled = retry.backoffMs * 2 ** Math.min(failures - 1, 40);
  const most = Math.min(doubled, retry.maxBackoffMs);
  return Math.round(Math.min(most * (0.75 + random * 0.5), retry.maxBackoffMs));
}

import type { Pico } from '@/lib/spending/pico';
import { type VariantId, variantIds } from '../schema';
import { shareInterval } from './intervals';
import { alpha } from './verdict';

/** What a variant may cost on average, and how many percent of its tasks may fail; null: no limit. */
export type Guardrails = { maxCost: Pico | null; maxFailurePercent: number | null };

/** Of a variant: its tasks, also those under way, and what they cost so far; those that are counted, and that failed. */
export type Spent = { tasks: number; cost: Pico; counted: number; failures: number };

/** So many tasks’ worth of the limit may be spent before an average is one. */
const leastTasks = 5;

export type Breach = { variant: VariantId; by: 'cost' | 'failures' };

/**
 * The guardrail that a variant has passed. Costs: what it spent is more than the limit allows its tasks together, or five
 * where there are fewer. Failures: its share is above the limit by an interval that always holds, so that a few unlucky
 * tasks stop nothing and a variant that always fails is stopped after three or four.
 */
export function breachOf(
  { maxCost, maxFailurePercent }: Guardrails,
  spent: Readonly<Record<VariantId, Spent>>,
): Breach | undefined {
  for (const variant of variantIds) {
    const { tasks, counted, failures, cost } = spent[variant];
    if (maxCost !== null && cost > maxCost * BigInt(Math.max(tasks, leastTasks))) {
      return { variant, by: 'cost' };
    }
    if (maxFailurePercent !== null && counted > 0) {
      const { low } = shareInterval(failures, counted, alpha);
      if (low > maxFailurePercent / 100) return { variant, by: 'failures' };
    }
  }
  return undefined;
}

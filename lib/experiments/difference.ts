import { usdOf } from '@/lib/spending/pico';
import type { Interval } from './reading/intervals';
import type { Goal } from './schema';

/** A difference by a goal as programs read it: US dollars, milliseconds, or percentage points. */
export function differenceText(goal: Goal, value: number): string {
  if (goal === 'cost') return usdOf(BigInt(Math.round(value)));
  if (goal === 'duration') return String(Math.round(value));
  return String(Math.round(value * 1_000) / 10);
}

export const differenceOf = (goal: Goal, estimate: number, { low, high }: Interval) => ({
  estimate: differenceText(goal, estimate),
  low: differenceText(goal, low),
  high: differenceText(goal, high),
});

import type { Goal, VariantId } from '../schema';
import { type Interval, meanDifference, type Sample } from './intervals';

/** How often, at most, an experiment of two equal variants may name a winner, however often somebody looks. */
export const alpha = 0.05;

/** What the counted tasks of one variant came to. Costs in pico-dollars, durations in milliseconds. */
export type Tally = {
  n: number;
  failures: number;
  cost: Measured;
  duration: Measured;
  /** Those of them that people rated in a chat, and of these the ones that they found bad. */
  rated: number;
  foundBad: number;
};
type Measured = { mean: number; variance: number };

/** `b` minus `a`, in the unit of the goal: pico-dollars, milliseconds, or a share of the tasks. */
export type Verdict = { winner?: VariantId; estimate: number; interval?: Interval };

/** What can be said by now. Without a winner it is too early to tell. */
export function verdictOf(goal: Goal, a: Tally, b: Tally): Verdict {
  const [first, second] = [sampleOf(goal, a), sampleOf(goal, b)];
  const interval = meanDifference(first, second, alpha);
  const estimate = first.n === 0 || second.n === 0 ? 0 : second.mean - first.mean;
  if (interval === undefined) return { estimate };
  // Less is better.
  const winner = interval.high < 0 ? 'B' : interval.low > 0 ? 'A' : undefined;
  return { estimate, interval, ...(winner === undefined ? {} : { winner }) };
}

/** Of a share the variance is that of one hit and one miss more: none of few says little. */
function sampleOf(goal: Goal, tally: Tally): Sample {
  if (goal === 'cost' || goal === 'duration') return { n: tally.n, ...tally[goal] };
  const [hits, n] = goal === 'failures' ? [tally.failures, tally.n] : [tally.foundBad, tally.rated];
  const mean = (hits + 1) / (n + 2);
  return { n, mean, variance: mean * (1 - mean) };
}

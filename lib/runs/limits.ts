import { AppError } from '@/lib/api/errors';
import type { Plan } from './schema';

/** Bounds of what one run may do; each is told when it is met. What an instance allows lies within: `RunLimits`. */
export const runLimits = {
  /** Steps inside steps, and runs inside runs. */
  depth: 10,
  /** Items of one map, and rounds of one loop. */
  items: 100_000,
  /** Children of one step under way at once. */
  concurrency: 50,
} as const;

/** What an instance allows its runs, from its configuration. */
export type RunLimits = Readonly<{
  /** Steps of a run, those inside others counted once. */
  steps: number;
  /** Runs inside runs. */
  depth: number;
  /** Items of one map, and rounds of one loop. */
  items: number;
  /** Length of the JSON of one value: an input, or what a step gives. */
  characters: number;
  /** Time that a run may take; what it waits is not counted. */
  timeMs: number;
}>;

export const usualLimits: RunLimits = {
  steps: 1_000,
  depth: runLimits.depth,
  items: 10_000,
  characters: 16_000_000,
  timeMs: 7 * 86_400_000,
};

/** Throws `too_large` for a plan with more steps than an instance runs, those inside others counted once. */
export function requireWithin(plan: Plan, limits: Pick<RunLimits, 'steps'>): void {
  const steps = countSteps(plan);
  if (steps <= limits.steps) return;
  const message = `The workflow has ${steps} steps; at most ${limits.steps} are allowed.`;
  throw new AppError('too_large', message);
}

function countSteps({ steps }: Plan): number {
  return steps.reduce((sum, { body }) => sum + 1 + (body ? countSteps(body) : 0), 0);
}

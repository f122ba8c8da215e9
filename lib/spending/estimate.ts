import { costOf, type TokenPrice } from '@/lib/models/price';
import { estimateTokens } from '@/lib/models/tokens';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { numberOf, type Pico } from './pico';

/** A likely value, and one that nineteen of twenty stay below. */
export type Range<Value> = { p50: Value; p95: Value };

/** Steps that ask a model, by type. */
const modelSteps: ReadonlySet<string> = new Set(['agent', 'model', 'handoff', 'planner', 'router']);

/** Steps of a plan that ask a model, those inside containers too. */
export function modelStepsOf(plan: Plan): PlanStep[] {
  return plan.steps.flatMap((step) => [
    ...(modelSteps.has(step.type) ? [step] : []),
    ...(step.body ? modelStepsOf(step.body) : []),
  ]);
}

/** What a request says beyond a step's own texts, in tokens: values of other steps, and the frame. */
const given = { p50: 300, p95: 4_000 };
const written = { p50: 400, p95: 2_000 };

/**
 * What one call of a step costs by its texts and a price, where it has never run: a guess with a wide range.
 * `instructions`: those of its agent, which are sent with it.
 */
export function guessCost(
  step: Pick<PlanStep, 'config'>,
  price: TokenPrice,
  instructions = '',
): Range<Pico> {
  const own = estimateTokens([instructions, ...textsIn(step.config)].join('\n'));
  const { maxTokens } = step.config;
  const most = typeof maxTokens === 'number' ? Math.min(maxTokens, written.p95) : written.p95;
  const cost = (more: number, outputTokens: number) =>
    costOf(price, { inputTokens: own + more, outputTokens });
  return {
    p50: cost(given.p50, Math.min(written.p50, most)),
    // A tokenizer may make half as many tokens again of a text as the estimate says.
    p95: cost(given.p95 + Math.ceil(own / 2), most),
  };
}

/** All texts of a step's settings, in their order. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The sum of ranges: whoever adds up p95s is on the safe side. */
export const sumOf = (ranges: readonly Range<Pico>[]): Range<Pico> =>
  ranges.reduce((sum, each) => ({ p50: sum.p50 + each.p50, p95: sum.p95 + each.p95 }), {
    p50: 0n,
    p95: 0n,
  });

/** "≈ $0.04, up to $0.31", for people. */
export function rangeText({ p50, p95 }: Range<Pico>): string {
  return `≈ ${dollarsText(p50)}, up to ${dollarsText(p95)}`;
}

/** An amount that is a guess, for people: one digit of what is less than a cent. */
export function dollarsText(pico: Pico): string {
  const value = numberOf(pico);
  if (value === 0) return '$0';
  if (value < 0.0001) return 'less than $0.0001';
  return value < 0.01 ? `$${value.toPrecision(1)}` : `$${value.toFixed(2)}`;
}

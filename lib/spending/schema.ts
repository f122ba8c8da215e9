import { z } from 'zod';
import { trialSchema } from '@/lib/experiments/schema';

/** Whose spending a budget limits. Without an id each run, workflow, agent or person has the budget for itself. */
export const budgetScopes = ['run', 'workflow', 'agent', 'person', 'workspace'] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/** When what was spent counts from 0 again: never, or with each calendar day, week (from Monday) or month. */
export const budgetWindows = ['none', 'day', 'week', 'month'] as const;
export type BudgetWindow = (typeof budgetWindows)[number];

/** What becomes of a call that a budget has no room for: a cheaper model answers, the run asks, or the step fails. */
export const breachActions = ['downgrade', 'ask', 'stop'] as const;
export type BreachAction = (typeof breachActions)[number];

/** At most so many budgets in a workspace: each call looks at all. */
export const maxBudgets = 200;

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Enter a time zone like "Europe/Berlin".');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A model that was looked at for a call, and what spoke against it; `why` is absent for the one that was taken. */
export const candidateSchema = z.strictObject({
  provider: z.string(),
  model: z.string(),
  why: z.string().optional(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** A model that was to answer and did not: `kind` is what kind of failure it had, or that it was left alone. */
export const hopSchema = z.strictObject({
  provider: z.string(),
  model: z.string(),
  kind: z.string(),
  why: z.string(),
});
export type Hop = z.infer<typeof hopSchema>;

export const answerUses = ['hit', 'miss', 'off'] as const;

/**
 * hit: the answer of an earlier call was given again. miss: there was none, and the model was asked. off: such a call is
 * never answered from the cache, and `why` says so.
 */
export const answerUseSchema = z.strictObject({
  use: z.enum(answerUses),
  why: z.string().optional(),
  /** Of a hit: the call that the answer is of, where it is on record. */
  callId: z.uuid().optional(),
});
export type AnswerUse = z.infer<typeof answerUseSchema>;

/** Why a model answered a call: what was asked for, what was looked at, and one sentence for people. */
export const decisionSchema = z.strictObject({
  policy: z.string(),
  reason: z.string(),
  candidates: z.array(candidateSchema),
  /** Models that were to answer before this one, in their order. */
  hops: z.array(hopSchema).optional(),
  /** Whether the answer could come from the cache; absent where its step did not ask for that. */
  cache: answerUseSchema.optional(),
  /** The variant of an experiment that it was made for. */
  experiment: trialSchema.optional(),
  /** The list above was cut: so many more were looked at. */
  more: z.int().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/**
 * held: under way, at most `heldUsd`. settled: it ended, and this is what it cost. failed: so too, without a whole
 * answer. lost: its process ended before it could tell; what was held counts as spent.
 */
export const callStates = ['held', 'settled', 'failed', 'lost'] as const;
export type CallState = (typeof callStates)[number];

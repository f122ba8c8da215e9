import { z } from 'zod';
import { hasMark } from '@/lib/api/has-mark';
import { positiveUsdSchema, usdSchema } from './pico';
import { breachActions, budgetScopes, budgetWindows } from './schema';

/** A budget without room for a call, as people see it. */
export const breachedSchema = z.strictObject({
  id: z.uuid(),
  scope: z.enum(budgetScopes),
  subject: z.string(),
  window: z.enum(budgetWindows),
  startsAt: z.iso.datetime(),
  capUsd: usdSchema,
  spentUsd: usdSchema,
  heldUsd: usdSchema,
  onBreach: z.enum(breachActions),
});
export type Breached = z.infer<typeof breachedSchema>;

/** What a run asks people when a budget has no room: what the call needs at least, of which model. */
export const budgetAskSchema = z.strictObject({
  budget: z.strictObject({
    provider: z.string(),
    model: z.string(),
    neededUsd: usdSchema,
    breached: z.array(breachedSchema).min(1),
  }),
  /** What the step was told before, for when it goes on. */
  resumed: z.unknown().optional(),
});
export type BudgetAsk = z.infer<typeof budgetAskSchema>;

/** What people answer: grant more for this window, take a cheaper model for this call, or let the step fail. */
export const budgetAnswerSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('raise'), usd: positiveUsdSchema }),
  z.strictObject({ do: z.literal('cheaper') }),
  z.strictObject({ do: z.literal('stop') }),
]);
export type BudgetAnswer = z.infer<typeof budgetAnswerSchema>;

/** What a step is told when it goes on with a cheaper model. */
export const cheaperSchema = z.strictObject({
  budget: z.literal('cheaper'),
  resumed: z.unknown().optional(),
});

const pauseMark = Symbol.for('ensemble.BudgetPause');

/** A call that has to wait: for calls under way to end (`busy`), or for people. Nothing was asked of a model. */
export class BudgetPause extends Error {
  readonly [pauseMark] = true;
  static isInstance(value: unknown): value is BudgetPause {
    return hasMark(value, pauseMark);
  }
  readonly asked: 'busy' | BudgetAsk['budget'];
  constructor(asked: 'busy' | BudgetAsk['budget']) {
    super('The call waits for its budget.');
    this.asked = asked;
  }
}

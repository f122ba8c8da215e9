import { interpret } from './interpret';
import { parseExpression } from './parse';
import { type Budget, newBudget, read } from './values/budget';
import { ExpressionError } from './values/expression-error';
import { type Entries, measure } from './values/values';

/**
 * Value of a CEL expression over a scope, as plain JSON. Bounded in time and size (`limits.ts`).
 * `extra` adds names to those of the scope and wins over them. Texts that share a budget are bounded together.
 * Throws only `ExpressionError`.
 */
export function evaluate(
  expression: string,
  scope: Entries,
  extra?: Entries,
  budget: Budget = newBudget(),
): unknown {
  try {
    read(budget, 64 * expression.length);
    const node = parseExpression(expression);
    const result = interpret(node, { names: extra ? { ...scope, ...extra } : scope, budget });
    measure(result, budget);
    return result;
  } catch (error) {
    if (ExpressionError.isInstance(error)) throw error;
    // What is left is the engine running out of stack or memory for one value.
    const whole = { start: 0, end: expression.length };
    throw new ExpressionError('This expression is too complex.', whole, true);
  }
}

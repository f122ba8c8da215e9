import { interpret } from './interpret';
import { parseExpression } from './parse';
import type { Local } from './surroundings';
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
  return compileExpression(expression, extra ? { ...scope, ...extra } : scope, budget)();
}

/** An expression that is worked out many times, such as for each row: it is read once. Throws only `ExpressionError`. */
export function compileExpression(
  expression: string,
  names: Entries,
  budget: Budget,
): (local?: Local) => unknown {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (ExpressionError.isInstance(error)) throw error;
      // What is left is the engine running out of stack or memory for one value.
      const whole = { start: 0, end: expression.length };
      throw new ExpressionError('This expression is too complex.', whole, true);
    }
  };
  const node = guarded(() => {
    read(budget, 64 * expression.length);
    return parseExpression(expression);
  });
  return (local) =>
    guarded(() => {
      const result = interpret(node, { names, budget, ...(local ? { local } : {}) });
      measure(result, budget);
      return result;
    });
}

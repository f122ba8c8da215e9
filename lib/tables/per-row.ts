import { compileExpression } from '@/lib/expressions/evaluate';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import type { Given } from './operation';
import { rowError } from './rows';

/** An expression for each row, which sees `row` and `index` besides all that the step sees. */
export function perRow(
  expression: string,
  { names, budget }: Pick<Given, 'names' | 'budget'>,
): (row: unknown, index: number) => unknown {
  const evaluate = compileExpression(expression, names, budget);
  return (row, index) => {
    try {
      return evaluate({ name: 'row', value: row, outer: { name: 'index', value: index } });
    } catch (error) {
      if (!ExpressionError.isInstance(error)) throw error;
      const { start, end } = error.range;
      const part = expression.slice(start, Math.min(end, start + 80)).trim();
      throw rowError(index, part ? `${error.message} (in "${part}")` : error.message, error.fatal);
    }
  };
}

/** The same for a condition. */
export function conditionPerRow(expression: string, given: Given) {
  const evaluate = perRow(expression, given);
  return (row: unknown, index: number): boolean => {
    const value = evaluate(row, index);
    if (typeof value === 'boolean') return value;
    throw rowError(index, 'the condition must be true or false.');
  };
}

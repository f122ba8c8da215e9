import { ExpressionError } from './expression-error';
import { expressionLimits } from './limits';

/** Counts the work of one evaluation down; CEL always ends, but nested loops may end too late. */
export type Budget = { left: number };

export function newBudget(): Budget {
  return { left: expressionLimits.steps };
}

/** Pays for `cost` small operations; throws when there is nothing left. */
export function spend(budget: Budget, cost: number): void {
  budget.left -= cost;
  if (budget.left < 0) {
    throw new ExpressionError(
      'This expression does too much work: use a smaller list or fewer loops.',
      undefined,
      true,
    );
  }
}

/** Refuses a text that grew too long. */
export function boundedText(text: string): string {
  if (text.length > expressionLimits.textLength)
    throw tooLong('text', expressionLimits.textLength, 'characters');
  return text;
}

/** Refuses a list length before the list is made. */
export function boundedLength(length: number): number {
  if (length > expressionLimits.listLength)
    throw tooLong('list', expressionLimits.listLength, 'items');
  return length;
}

function tooLong(what: string, limit: number, unit: string): ExpressionError {
  return new ExpressionError(`The ${what} is too long: at most ${limit} ${unit}.`, undefined, true);
}

import { ExpressionError } from './expression-error';
import { expressionLimits } from './limits';

/**
 * What is left of the work and of the memory that an evaluation may use. CEL always ends, but nested loops may end
 * too late, and what they make may not fit. One budget serves a whole template and all texts of a step.
 */
export type Budget = {
  /** Small operations: see `limits.ts`. */
  left: number;
  /** Bytes that may still be made, whether they are kept or not. */
  bytes: number;
};

export function newBudget(): Budget {
  return { left: expressionLimits.steps, bytes: expressionLimits.bytes };
}

/** Pays for `cost` small operations; throws when there is nothing left. */
export function spend(budget: Budget, cost: number): void {
  budget.left -= cost;
  if (budget.left < 0) {
    throw new ExpressionError(
      'This expression does too much work. Use a smaller list or fewer loops.',
      undefined,
      true,
    );
  }
}

/** Characters that are looked through for the price of one small operation. */
const charactersPerStep = 16;

/** Pays for looking through so many characters of text. */
export function read(budget: Budget, characters: number): void {
  spend(budget, Math.ceil(characters / charactersPerStep));
}

/** Pays for memory before it is taken; throws when there is nothing left. */
export function make(budget: Budget, bytes: number): void {
  budget.bytes -= bytes;
  if (budget.bytes < 0) {
    throw new ExpressionError(
      'This expression creates too much data. Use smaller texts or lists.',
      undefined,
      true,
    );
  }
}

/** Bytes of a text, list or object that is made, upper bounds of what the engine takes for most. */
export const bytesOf = {
  text: (length: number) => 32 + 2 * length,
  list: (length: number) => 32 + 8 * length,
  object: (fields: number) => 64 + 32 * fields,
} as const;

/** Refuses a text that grew too long. */
export function boundedText(text: string): string {
  boundedTextLength(text.length);
  return text;
}

/** Refuses the length of a text before the text is made. */
export function boundedTextLength(length: number): number {
  if (length > expressionLimits.textLength)
    throw tooLong('text', expressionLimits.textLength, 'characters');
  return length;
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

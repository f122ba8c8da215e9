import { hasMark } from '@/lib/api/has-mark';

/** Where in a text something is wrong, in UTF-16 units; `end` is past its last one. */
export type TextRange = { start: number; end: number };

const expressionErrorMark = Symbol.for('ensemble.ExpressionError');

/**
 * The only error that an expression or template can end in: a plain sentence, and where it is.
 * `fatal` marks a limit that was reached, which `||` and `&&` may not swallow.
 */
export class ExpressionError extends Error {
  readonly [expressionErrorMark] = true;
  static isInstance(value: unknown): value is ExpressionError {
    return hasMark(value, expressionErrorMark);
  }
  readonly range: TextRange;
  readonly fatal: boolean;
  constructor(message: string, range: TextRange = { start: 0, end: 0 }, fatal = false) {
    super(message);
    this.name = 'ExpressionError';
    this.range = range;
    this.fatal = fatal;
  }
}

/** The same error, with its place counted in the text that surrounds the expression. */
export function shiftError(error: ExpressionError, by: number): ExpressionError {
  const range = { start: error.range.start + by, end: error.range.end + by };
  return new ExpressionError(error.message, range, error.fatal);
}

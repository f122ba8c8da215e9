import { boundedText } from './budget';
import { evaluate } from './evaluate';
import { ExpressionError, shiftError } from './expression-error';
import { displayText } from './functions-text';
import { strictParts } from './template';
import type { Entries } from './values';

/**
 * Fills each `{{ expression }}` of a text with its value: texts as they are, null as nothing, the rest as JSON.
 * The result is always text. Throws only `ExpressionError`, with its place in the template.
 */
export function render(template: string, scope: Entries, extra?: Entries): string {
  let result = '';
  for (const part of strictParts(template)) {
    if (part.kind === 'text') {
      result += part.text;
      continue;
    }
    try {
      result = boundedText(result + displayText(evaluate(part.text, scope, extra)));
    } catch (error) {
      throw error instanceof ExpressionError ? shiftError(error, part.start) : error;
    }
  }
  return boundedText(result);
}

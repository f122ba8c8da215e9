import { evaluate } from './evaluate';
import { strictParts } from './template';
import { type Budget, boundedTextLength, bytesOf, make, newBudget, spend } from './values/budget';
import { displayText } from './values/display-text';
import { ExpressionError, shiftError } from './values/expression-error';
import type { Entries } from './values/values';

/**
 * Fills each `{{ expression }}` of a text with its value: texts as they are, null as nothing, the rest as JSON.
 * The result is always text. All expressions share one budget. Throws only `ExpressionError`, with its place in the
 * template.
 */
export function render(
  template: string,
  scope: Entries,
  extra?: Entries,
  budget: Budget = newBudget(),
): string {
  const names = extra ? { ...scope, ...extra } : scope;
  const texts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    length = boundedTextLength(length + text.length);
    make(budget, bytesOf.text(text.length));
    texts.push(text);
  };
  for (const part of strictParts(template)) {
    if (part.kind === 'text') {
      add(part.text);
      continue;
    }
    try {
      spend(budget, 20);
      add(displayText(evaluate(part.text, names, undefined, budget), budget));
    } catch (error) {
      throw ExpressionError.isInstance(error) ? shiftError(error, part.start) : error;
    }
  }
  return texts.join('');
}

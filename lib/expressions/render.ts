import { evaluate } from './evaluate';
import { strictParts } from './template';
import { type Budget, boundedTextLength, bytesOf, make, newBudget, spend } from './values/budget';
import { displayText } from './values/display-text';
import { ExpressionError, shiftError } from './values/expression-error';
import type { Entries } from './values/values';

/** What `table(…)` gives: a head and a rule below it. */
const table = /^\| [^\n]*\|\n\|[ :|-]+\|(?:\n|$)/;

/** What stands between two pieces of text: a table in Markdown is one only with an empty line before and behind it. */
function gapBetween(before: string, after: string): string {
  if (before === '' || after === '' || !(table.test(before) || table.test(after))) return '';
  const [end = ''] = /\n*$/.exec(before.slice(-2).replace(/[ \t]+$/, '')) ?? [];
  const [start = ''] = /^\n*/.exec(after) ?? [];
  return '\n'.repeat(Math.max(0, 2 - end.length - start.length));
}

/**
 * Fills each `{{ expression }}` of a text with its value: texts as they are, null as nothing, the rest as JSON.
 * A table in Markdown stands in lines of its own.
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
  let last = '';
  const add = (piece: string) => {
    if (piece === '') return;
    const text = gapBetween(last, piece) + piece;
    last = piece;
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

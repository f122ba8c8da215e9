import { matchesIn } from '@/lib/expressions/patterns/pattern';
import { placesIn } from '@/lib/expressions/patterns/search';
import { type Budget, bytesOf, make, read } from '@/lib/expressions/values/budget';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { kindOf } from '@/lib/expressions/values/values';
import { type Given, type Made, madeRows } from '../operation';
import { boundedRows } from '../rows';

export type SplitTextSettings = {
  by: 'lines' | 'text' | 'pattern' | 'found';
  /** A text, or a pattern. */
  separator: string;
  /** The field that holds each part. */
  field: string;
  trim: boolean;
  empty: 'drop' | 'keep';
};

/** A row for each line or part of a text, or for each place where a pattern fits. */
export function splitText({ values, budget }: Given, settings: SplitTextSettings): Made {
  const { text } = values;
  if (typeof text !== 'string')
    throw new ExpressionError(`“Text” must be a text, but it is ${kindOf(text)}.`);
  read(budget, 4 * text.length);
  const parts = boundedRows(partsOf(text, settings, budget));
  make(budget, bytesOf.text(text.length) + parts.length * bytesOf.object(2));
  const shown = settings.trim ? parts.map((part) => part.trim()) : parts;
  const kept = settings.empty === 'drop' ? shown.filter((part) => part.trim() !== '') : shown;
  return madeRows(kept.map((part) => ({ [settings.field]: part })));
}

function partsOf(text: string, { by, separator }: SplitTextSettings, budget: Budget): string[] {
  if (text === '') return [];
  if (by === 'lines') return text.split(/\r\n|\n|\r/);
  const places =
    by === 'text'
      ? placesIn(text, separator, budget).map((at): [number, number] => [at, at + separator.length])
      : matchesIn(text, separator, budget);
  if (by === 'found') return places.map(([start, end]) => text.slice(start, end));
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of places) {
    parts.push(text.slice(from, start));
    from = end;
  }
  return [...parts, text.slice(from)];
}

import { instantOf, readMoment } from '@/lib/expressions/dates/moments';
import { type Budget, bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { kindOf, payForOrder } from '@/lib/expressions/values/values';
import { compareNumbers, isNumeric } from '@/lib/values/decimal';
import { isBlank, rowError, shown } from './rows';

/** How values are put in order: by what all of them are, or by what a person says. */
export const orderings = ['auto', 'number', 'text', 'date'] as const;
export type Ordering = (typeof orderings)[number];

/** Values of one field with the order among those that are not blank. */
export type Ordered = { blank(index: number): boolean; compare(a: number, b: number): number };

/** Digits inside texts count as numbers: “Order 9” comes before “Order 10”. The same on every machine. */
const collator = new Intl.Collator('en', { numeric: true });

/** The order of a column's rows, by their index. Blank ones are told apart; where they go is for the caller. */
export function orderOf(
  values: readonly unknown[],
  name: string,
  ordering: Ordering,
  budget: Budget,
): Ordered {
  payForOrder(values, budget);
  make(budget, 2 * bytesOf.list(values.length));
  const blank = values.map(isBlank);
  const as = ordering === 'auto' ? kindFor(values, blank, budget) : ordering;
  const compare = comparing(values, blank, name, as, budget);
  return { blank: (index) => blank[index] ?? true, compare };
}

/** Numbers or dates where all of them are, else whatever they are. */
function kindFor(
  values: readonly unknown[],
  blank: readonly boolean[],
  budget: Budget,
): Exclude<Ordering, 'auto'> | 'mixed' {
  spend(budget, 2 * values.length);
  const all = (test: (value: unknown) => boolean) =>
    values.every((value, index) => blank[index] || test(value));
  if (all(isNumeric)) return 'number';
  if (all((value) => instantIn(value) !== undefined)) return 'date';
  return all((value) => typeof value === 'string') ? 'text' : 'mixed';
}

function comparing(
  values: readonly unknown[],
  blank: readonly boolean[],
  name: string,
  as: Exclude<Ordering, 'auto'> | 'mixed',
  budget: Budget,
): (a: number, b: number) => number {
  if (as === 'mixed') return (a, b) => compareKinds(values[a], values[b]);
  if (as === 'number') {
    const numbers = read(values, blank, (value, index) => {
      if (isNumeric(value)) return value;
      throw misfit(index, name, value, 'a number');
    });
    return (a, b) => compareNumbers(numbers[a] ?? 0, numbers[b] ?? 0);
  }
  if (as === 'date') {
    spend(budget, 20 * values.length);
    const instants = read(values, blank, (value, index) => {
      const instant = instantIn(value);
      if (instant !== undefined) return instant;
      throw misfit(index, name, value, 'a date such as 2026-03-14');
    });
    return (a, b) => (instants[a] ?? 0) - (instants[b] ?? 0);
  }
  const texts = read(values, blank, (value, index) => {
    if (typeof value === 'object') throw misfit(index, name, value, 'a text');
    return String(value);
  });
  return (a, b) => collator.compare(texts[a] ?? '', texts[b] ?? '');
}

function read<T>(
  values: readonly unknown[],
  blank: readonly boolean[],
  each: (value: unknown, index: number) => T,
): (T | undefined)[] {
  return values.map((value, index) => (blank[index] ? undefined : each(value, index)));
}

export function instantIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  try {
    return instantOf(readMoment(value));
  } catch (error) {
    if (ExpressionError.isInstance(error)) return undefined;
    throw error;
  }
}

const kinds = ['true/false', 'a number', 'text', 'a list', 'an object'];

function compareKinds(a: unknown, b: unknown): number {
  const difference = kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b));
  if (difference !== 0) return difference;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  return typeof a === 'boolean' ? Number(a) - Number(b) : 0;
}

export function misfit(index: number, name: string, value: unknown, wanted: string) {
  const what = name === '' ? 'it' : `“${name}”`;
  return rowError(index, `${what} is ${shown(value)}, which is not ${wanted}.`);
}

import {
  type Budget,
  boundedLength,
  boundedTextLength,
  bytesOf,
  make,
  read,
  spend,
} from '../values/budget';
import { ExpressionError } from '../values/expression-error';
import { canonical, compare, isEntries, keysOf, kindOf, payForOrder } from '../values/values';
import { entriesOf, type FunctionSpec, listOf, numberOf, textOf, wholeOf } from './function-spec';

/**
 * The values that a list function works on: the items themselves, or with a field name that field of
 * each item. Rows where the field is missing or null are left out: they are gaps, not zeros.
 */
function picked(name: string, args: unknown[], budget: Budget): unknown[] {
  const list = listOf(name, args[0]);
  copy(list.length, budget);
  if (args.length < 2) return list.filter((item) => item !== null);
  const field = textOf(name, args[1]);
  return list.map((item) => fieldOf(item, field)).filter((value) => value !== null);
}

/** Pays for a list that is made out of another one. */
function copy(length: number, budget: Budget): void {
  spend(budget, length);
  make(budget, bytesOf.list(length));
}

export function fieldOf(item: unknown, field: string): unknown {
  return isEntries(item) && Object.hasOwn(item, field) ? (item[field] ?? null) : null;
}

function numbers(name: string, args: unknown[], budget: Budget): number[] {
  return picked(name, args, budget).map((value) => numberOf(name, value));
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Items ordered by a value each, stable; gaps first. */
export function ordered(items: unknown[], values: unknown[], budget: Budget): unknown[] {
  payForOrder(values, budget);
  make(budget, 2 * bytesOf.list(items.length));
  const places = items.map((_, index) => index);
  places.sort((a, b) => compare(values[a], values[b]) || a - b);
  return places.map((place) => items[place]);
}

/** `[{key, items}]`, in the order in which the keys first occur. */
export function grouped(items: unknown[], values: unknown[], budget: Budget): unknown[] {
  const groups = new Map<string, { key: unknown; items: unknown[] }>();
  make(budget, items.length * bytesOf.object(3));
  for (const [index, item] of items.entries()) {
    const name = canonical(values[index], budget);
    const group = groups.get(name);
    if (group) group.items.push(item);
    else groups.set(name, { key: values[index], items: [item] });
  }
  return [...groups.values()];
}

/** The first item for each different value. */
export function distinct(items: unknown[], values: unknown[], budget: Budget): unknown[] {
  const seen = new Set<string>();
  make(budget, items.length * bytesOf.object(0));
  return items.filter((_, index) => {
    const name = canonical(values[index], budget);
    return seen.has(name) ? false : seen.add(name);
  });
}

function extreme(name: 'min' | 'max', args: unknown[], budget: Budget): unknown {
  const asList = Array.isArray(args[0]);
  const values = asList ? picked(name, args, budget) : args;
  for (const value of values) if (typeof value === 'string') read(budget, value.length);
  let best: unknown = null;
  for (const value of values) {
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw new ExpressionError(`${name}() compares numbers or texts, but got ${kindOf(value)}.`);
    }
    if (best === null || (name === 'min' ? compare(value, best) < 0 : compare(value, best) > 0))
      best = value;
  }
  return best;
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Least squares line through (0, y0), (1, y1), …: `{slope, intercept}`, or null below two values. */
function trend(values: number[]): { slope: number; intercept: number } | null {
  const count = values.length;
  if (count < 2) return null;
  const middle = (count - 1) / 2;
  const average = total(values) / count;
  const above = total(values.map((value, index) => (index - middle) * (value - average)));
  const below = total(values.map((_, index) => (index - middle) ** 2));
  return { slope: above / below, intercept: average - (above / below) * middle };
}

function flatten(list: unknown[], budget: Budget): unknown[] {
  spend(budget, list.length);
  const length = boundedLength(
    list.reduce((sum: number, item) => sum + (Array.isArray(item) ? item.length : 1), 0),
  );
  copy(length, budget);
  return list.flat();
}

function joined(args: unknown[], budget: Budget): string {
  const list = listOf('join', args[0]);
  const separator = args.length > 1 ? textOf('join', args[1]) : ', ';
  return joinedTexts(list, separator, budget, (item) =>
    typeof item === 'string' ? item : item === null ? '' : canonical(item, budget),
  );
}

/** The items as texts, with a separator between them. */
export function joinedTexts(
  list: unknown[],
  separator: string,
  budget: Budget,
  write: (item: unknown) => string,
): string {
  copy(list.length, budget);
  let length = 0;
  const texts = list.map((item) => {
    const text = write(item);
    length = boundedTextLength(length + text.length + separator.length);
    return text;
  });
  read(budget, length);
  make(budget, bytesOf.text(length));
  return texts.join(separator);
}

function slice(args: unknown[], budget: Budget): unknown[] {
  const list = listOf('slice', args[0]);
  const end = args.length > 2 ? wholeOf('slice', args[2]) : undefined;
  const part = list.slice(wholeOf('slice', args[1]), end);
  copy(part.length, budget);
  return part;
}

export const listFunctions: FunctionSpec[] = [
  {
    name: 'sum',
    signature: 'rows.sum("field")',
    summary: 'Sum of the numbers of a list, or of a field of its rows. Empty values are skipped.',
    arity: [1, 2],
    call: (args, budget) => total(numbers('sum', args, budget)),
  },
  {
    name: 'avg',
    signature: 'rows.avg("field")',
    summary: 'Mean of the numbers of a list; null when there are none.',
    arity: [1, 2],
    call: (args, budget) => {
      const values = numbers('avg', args, budget);
      return values.length ? total(values) / values.length : null;
    },
  },
  {
    name: 'median',
    signature: 'rows.median("field")',
    summary: 'Middle number of a list; null when there are none.',
    arity: [1, 2],
    call: (args, budget) => {
      const values = numbers('median', args, budget);
      payForOrder(values, budget);
      return median(values);
    },
  },
  {
    name: 'min',
    signature: 'rows.min("field")',
    summary: 'Smallest number or text; null when there is none.',
    arity: [1, 16],
    call: (args, budget) => extreme('min', args, budget),
  },
  {
    name: 'max',
    signature: 'rows.max("field")',
    summary: 'Largest number or text; null when there is none.',
    arity: [1, 16],
    call: (args, budget) => extreme('max', args, budget),
  },
  {
    name: 'trend',
    signature: 'trend(numbers)',
    summary: 'Linear trend through numbers at 0, 1, 2, …: {slope, intercept}.',
    arity: [1, 2],
    call: (args, budget) => {
      const values = numbers('trend', args, budget);
      spend(budget, 4 * values.length);
      return trend(values);
    },
  },
  {
    name: 'unique',
    signature: 'rows.unique("field")',
    summary: 'Unique values; with a field name, the first row for each value.',
    arity: [1, 2],
    call: (args, budget) => {
      const list = listOf('unique', args[0]);
      if (args.length < 2) return distinct(list, list, budget);
      const field = textOf('unique', args[1]);
      copy(list.length, budget);
      return distinct(
        list,
        list.map((item) => fieldOf(item, field)),
        budget,
      );
    },
  },
  {
    name: 'sortBy',
    signature: 'rows.sortBy("field")',
    summary: 'Rows sorted by a field, smallest first. Use reverse() for largest first.',
    arity: [2, 2],
    call: (args, budget) => {
      const list = listOf('sortBy', args[0]);
      const field = textOf('sortBy', args[1]);
      copy(list.length, budget);
      return ordered(
        list,
        list.map((item) => fieldOf(item, field)),
        budget,
      );
    },
  },
  {
    name: 'sort',
    signature: 'list.sort()',
    summary: 'Sorted numbers or texts, smallest first.',
    arity: [1, 1],
    call: (args, budget) => {
      const list = listOf('sort', args[0]);
      return ordered(list, list, budget);
    },
  },
  {
    name: 'groupBy',
    signature: 'rows.groupBy("field")',
    summary: 'Rows grouped by a value: a list of {key, items}.',
    arity: [2, 2],
    call: (args, budget) => {
      const list = listOf('groupBy', args[0]);
      const field = textOf('groupBy', args[1]);
      copy(list.length, budget);
      return grouped(
        list,
        list.map((item) => fieldOf(item, field)),
        budget,
      );
    },
  },
  {
    name: 'reverse',
    signature: 'list.reverse()',
    summary: 'The list in reverse order.',
    arity: [1, 1],
    call: (args, budget) => {
      const list = listOf('reverse', args[0]);
      copy(list.length, budget);
      return list.toReversed();
    },
  },
  {
    name: 'slice',
    signature: 'list.slice(start, end)',
    summary: 'Part of a list; negative numbers count from its end.',
    arity: [2, 3],
    call: slice,
  },
  {
    name: 'first',
    signature: 'list.first()',
    summary: 'First item, or null when the list is empty.',
    arity: [1, 1],
    call: (args) => listOf('first', args[0])[0] ?? null,
  },
  {
    name: 'last',
    signature: 'list.last()',
    summary: 'Last item, or null when the list is empty.',
    arity: [1, 1],
    call: (args) => listOf('last', args[0]).at(-1) ?? null,
  },
  {
    name: 'flatten',
    signature: 'list.flatten()',
    summary: 'Flattens a list of lists into one list.',
    arity: [1, 1],
    call: (args, budget) => flatten(listOf('flatten', args[0]), budget),
  },
  {
    name: 'range',
    signature: 'range(count)',
    summary: 'The list 0, 1, 2, … with this many numbers.',
    arity: [1, 1],
    call: (args, budget) => {
      const count = boundedLength(Math.max(0, wholeOf('range', args[0])));
      copy(count, budget);
      return Array.from({ length: count }, (_, index) => index);
    },
  },
  {
    name: 'keys',
    signature: 'keys(object)',
    summary: 'Field names of an object.',
    arity: [1, 1],
    call: (args, budget) => {
      const names = keysOf(entriesOf('keys', args[0]), budget);
      copy(names.length, budget);
      return [...names];
    },
  },
  {
    name: 'values',
    signature: 'values(object)',
    summary: 'Field values of an object.',
    arity: [1, 1],
    call: (args, budget) => {
      const entries = entriesOf('values', args[0]);
      const names = keysOf(entries, budget);
      copy(names.length, budget);
      return names.map((name) => entries[name]);
    },
  },
  {
    name: 'merge',
    signature: 'merge(object, object)',
    summary: 'Merges two objects; the second one wins.',
    arity: [2, 2],
    call: (args, budget) => {
      const [first, second] = [entriesOf('merge', args[0]), entriesOf('merge', args[1])];
      const count = keysOf(first, budget).length + keysOf(second, budget).length;
      // The engine looks each of them up.
      spend(budget, 16 * boundedLength(count));
      make(budget, bytesOf.object(2 * count));
      return { ...first, ...second };
    },
  },
  {
    name: 'join',
    signature: 'list.join(", ")',
    summary: 'Joins a list into one text, with a separator.',
    arity: [1, 2],
    call: joined,
  },
];

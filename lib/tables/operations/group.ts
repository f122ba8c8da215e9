import { type Budget, bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { canonical } from '@/lib/expressions/values/values';
import { ExactSum, isNumeric } from '@/lib/values/decimal';
import { counted, type Given, type Made, madeRows } from '../operation';
import { misfit, orderOf } from '../order';
import { columnIn, isBlank, type Row, rowsIn } from '../rows';

export const summaries = [
  'count',
  'sum',
  'average',
  'min',
  'max',
  'first',
  'last',
  'list',
  'unique',
] as const;
export type Summary = (typeof summaries)[number];

export type GroupSettings = {
  keys: string[];
  summaries: { summary: Summary; field: string; name: string }[];
};

/** One row for each different set of key values, in the order in which they first occur; without keys one for all. */
export function group({ values, budget }: Given, { keys, summaries }: GroupSettings): Made {
  const rows = rowsIn(values.rows, budget);
  const keyColumns = keys.map((key) => columnIn(rows, key, budget));
  const members = membersOf(rows, keyColumns, budget);
  if (keys.length === 0 && members.length === 0) members.push([]);
  const columns = summaries.map(({ field }) => (field === '' ? [] : columnIn(rows, field, budget)));
  make(budget, members.length * bytesOf.object(keys.length + summaries.length));
  const made = members.map((indexes): Row => {
    const [first = 0] = indexes;
    const row: Row = {};
    for (const [at, key] of keys.entries()) row[key] = keyColumns[at]?.[first] ?? null;
    for (const [at, { summary, field, name }] of summaries.entries())
      row[name] = summarise(summary, indexes, { values: columns[at] ?? [], field, budget });
    return row;
  });
  return madeRows(made, `${counted(rows.length)} in ${counted(made.length, 'group')}.`);
}

/** Indexes of rows with the same values. */
export function membersOf(
  rows: readonly unknown[],
  columns: readonly unknown[][],
  budget: Budget,
): number[][] {
  const groups = new Map<string, number[]>();
  make(budget, bytesOf.list(rows.length));
  for (const index of rows.keys()) {
    const name = columns.map((column) => canonical(column[index] ?? null, budget)).join('\n');
    const known = groups.get(name);
    if (known) known.push(index);
    else groups.set(name, [index]);
  }
  return [...groups.values()];
}

type Column = { values: readonly unknown[]; field: string; budget: Budget };

function summarise(summary: Summary, indexes: readonly number[], column: Column): unknown {
  const { values, field, budget } = column;
  spend(budget, 1 + indexes.length);
  if (summary === 'count' && field === '') return indexes.length;
  if (summary === 'first') return values[indexes[0] ?? -1] ?? null;
  if (summary === 'last') return values[indexes.at(-1) ?? -1] ?? null;
  const filled = indexes.filter((index) => !isBlank(values[index]));
  switch (summary) {
    case 'count':
      return filled.length;
    case 'list':
      make(budget, bytesOf.list(filled.length));
      return filled.map((index) => values[index]);
    case 'unique':
      return new Set(filled.map((index) => canonical(values[index], budget))).size;
    case 'sum':
      return sumOf(filled, column).total;
    case 'average':
      return sumOf(filled, column).average;
    default:
      return extreme(summary, filled, column);
  }
}

function sumOf(indexes: readonly number[], { values, field }: Column): ExactSum {
  const sum = new ExactSum();
  for (const index of indexes) {
    const value = values[index];
    if (!isNumeric(value)) throw misfit(index, field, value, 'a number');
    sum.add(value);
  }
  return sum;
}

/** The smallest or largest in the order of sorting. */
function extreme(summary: 'min' | 'max', indexes: readonly number[], column: Column): unknown {
  const { values, field, budget } = column;
  const own = indexes.map((index) => values[index]);
  const { compare } = orderOf(own, field, 'auto', budget);
  let best: number | undefined;
  for (const index of own.keys()) {
    if (
      best === undefined ||
      (summary === 'min' ? compare(index, best) < 0 : compare(index, best) > 0)
    )
      best = index;
  }
  return best === undefined ? null : own[best];
}

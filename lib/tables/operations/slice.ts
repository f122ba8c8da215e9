import { bytesOf, make } from '@/lib/expressions/values/budget';
import { counted, type Given, type Made, madeRows } from '../operation';
import { listIn } from '../rows';

export type SliceSettings = { skip: number; count: number; from: 'start' | 'end' };

/** So many rows from the start or the end, behind those that are skipped there. */
export function slice({ values, budget }: Given, { skip, count, from }: SliceSettings): Made {
  const rows = listIn(values.rows);
  const end = from === 'start' ? skip + count : rows.length - skip;
  const start = from === 'start' ? skip : end - count;
  const made = rows.slice(Math.max(0, start), Math.max(0, end));
  make(budget, bytesOf.list(made.length));
  return madeRows(made, `Kept ${made.length} of ${counted(rows.length)}.`);
}

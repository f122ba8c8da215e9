import { bytesOf, make } from '@/lib/expressions/values/budget';
import { type Comparison, keyOf } from '../keys';
import { counted, type Given, type Made } from '../operation';
import { columnIn, listIn } from '../rows';

export type UniqueSettings = { fields: string[]; keep: 'first' | 'last'; compare: Comparison };

/** One row of those that are the same in some fields, or in all; the rows stay in their order. */
export function unique({ values, budget }: Given, { fields, keep, compare }: UniqueSettings): Made {
  const rows = listIn(values.rows);
  const columns = fields.map((field) => columnIn(rows, field, budget));
  make(budget, 2 * bytesOf.list(rows.length));
  const kept = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const key = keyOf(
      fields.length === 0 ? [row] : columns.map((each) => each[index]),
      compare,
      budget,
    );
    if (keep === 'last' || !kept.has(key)) kept.set(key, index);
  }
  const places = [...kept.values()].sort((a, b) => a - b);
  const made = places.map((place) => rows[place]);
  const removed = rows.length - made.length;
  return {
    output: { rows: made, rowCount: made.length, removed },
    note: `Removed ${removed} of ${counted(rows.length)}.`,
  };
}

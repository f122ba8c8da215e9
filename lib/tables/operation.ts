import type { Budget } from '@/lib/expressions/values/budget';
import type { Entries } from '@/lib/expressions/values/values';

/** What an operation works on: values of the step's expressions by name, and what is left of its budget. */
export type Given = {
  values: Entries;
  /** Names that expressions for each row see besides `row` and `index`. */
  names: Entries;
  budget: Budget;
};

/** What a step gives, with a sentence for people about what happened. */
export type Made = { output: Record<string, unknown>; note?: string };

/** The output of a step that gives a table. */
export function madeRows(rows: readonly unknown[], note?: string): Made {
  const output = { rows, rowCount: rows.length };
  return note === undefined ? { output } : { output, note };
}

/** `1 row`, `2 rows`. */
export function counted(count: number, one = 'row', more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

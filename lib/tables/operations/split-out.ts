import { bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { forbiddenKeys, isEntries } from '@/lib/expressions/values/values';
import { maxRows } from '../limits';
import { counted, type Given, type Made, madeRows } from '../operation';
import { misfit } from '../order';
import { columnIn, type Row, rowsIn, tooManyRows } from '../rows';

export type SplitOutSettings = {
  field: string;
  /** The name under which an item stands in its row. */
  as: string;
  /** Whether fields of an item stand in its row by themselves. */
  spread: boolean;
  /** Rows without an item are left out, or stay with nothing in the field. */
  empty: 'drop' | 'keep';
};

/** A row for each item of the lists in a field, with the other fields beside it. */
export function splitOut(
  { values, budget }: Given,
  { field, as, spread, empty }: SplitOutSettings,
): Made {
  const rows = rowsIn(values.rows, budget);
  const lists = columnIn(rows, field, budget);
  const made: Row[] = [];
  let left = 0;
  for (const [index, row] of rows.entries()) {
    const list = lists[index] ?? [];
    if (!Array.isArray(list)) throw misfit(index, field, list, 'a list');
    if (list.length === 0 && empty === 'drop') left += 1;
    const { [field]: _, ...others } = row;
    const width = Object.keys(others).length + 1;
    for (const item of list.length === 0 && empty === 'keep' ? [null] : list) {
      spend(budget, width);
      make(budget, bytesOf.object(width));
      if (made.length >= maxRows) throw tooManyRows();
      made.push(
        spread && isEntries(item) ? { ...others, ...allowed(item) } : { ...others, [as]: item },
      );
    }
  }
  const note = `${counted(rows.length)} became ${made.length}.`;
  return madeRows(made, left === 0 ? note : `${note} ${counted(left)} had no item.`);
}

function allowed(item: Row): Row {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !forbiddenKeys.has(name)));
}

import { bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { type Given, type Made, madeRows } from '../operation';
import { perRow } from '../per-row';
import { fieldIn, type Row, requireField, rowsIn } from '../rows';

export type FieldChange =
  | { action: 'set'; name: string; expression: string }
  | { action: 'rename'; name: string; to: string }
  | { action: 'remove'; name: string };

export type SetFieldsSettings = {
  changes: FieldChange[];
  /** All fields, or only those that are set or renamed here. */
  keep: 'all' | 'changed';
};

/** Rows with fields added, changed, renamed and removed, from top to bottom: each change sees those above it. */
export function setFields(given: Given, { changes, keep }: SetFieldsSettings): Made {
  const { budget } = given;
  const rows = rowsIn(given.values.rows, budget);
  const known = new Set<string>();
  const steps = changes.map((change): ((row: Row, index: number) => Row) => {
    const { name } = change;
    if (change.action === 'set') {
      const evaluate = perRow(change.expression, given);
      known.add(name);
      return (row, index) => {
        row[name] = evaluate(row, index);
        return row;
      };
    }
    if (!known.has(name)) requireField(rows, name, budget);
    if (change.action === 'rename') {
      known.add(change.to);
      return (row) => renamed(row, name, change.to);
    }
    return (row) => {
      delete row[name];
      return row;
    };
  });
  const made = rows.map((original, index) => {
    const width = Object.keys(original).length + changes.length;
    spend(budget, 2 * width);
    make(budget, bytesOf.object(width));
    let row: Row = { ...original };
    for (const step of steps) row = step(row, index);
    return keep === 'all' ? row : only(row, changes);
  });
  return madeRows(made);
}

/** The field keeps its place; another one of the new name goes. */
function renamed(row: Row, from: string, to: string): Row {
  if (from === to || !Object.hasOwn(row, from)) return row;
  const entries = Object.entries(row).filter(([name]) => name !== to);
  return Object.fromEntries(entries.map(([name, value]) => [name === from ? to : name, value]));
}

function only(row: Row, changes: readonly FieldChange[]): Row {
  const names = changes.flatMap((change) =>
    change.action === 'set' ? change.name : change.action === 'rename' ? change.to : [],
  );
  return Object.fromEntries([...new Set(names)].map((name) => [name, fieldIn(row, name)]));
}

import { type Budget, bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { type Comparison, keyOf } from '../keys';
import { maxRows } from '../limits';
import { counted, type Given, type Made } from '../operation';
import { columnIn, columnsOf, isBlank, type Row, rowsIn, tooManyRows } from '../rows';

export type JoinSettings = {
  keys: { left: string; right: string }[];
  /** Rows with a partner; also those of the left list without; also those of both lists without. */
  keep: 'matching' | 'left' | 'all';
  matches: 'all' | 'first';
  compare: Comparison;
  /** What becomes of a field of the right list whose name the left list has, too. */
  clash: 'suffix' | 'left' | 'right';
  suffix: string;
};

/** Rows of two lists side by side where their keys are the same. Blank keys are the same as nothing. */
export function join({ values, budget }: Given, settings: JoinSettings): Made {
  const left = rowsIn(values.rows, budget, 'Rows');
  const right = rowsIn(values.others, budget, 'Other rows');
  const { keys, keep, matches, compare } = settings;
  const leftKeys = keysFor(
    left,
    keys.map((key) => key.left),
    compare,
    budget,
  );
  const rightKeys = keysFor(
    right,
    keys.map((key) => key.right),
    compare,
    budget,
  );
  const shape = shapeOf(left, right, settings, budget);
  const places = new Map<string, number[]>();
  for (const [index, key] of rightKeys.entries()) {
    if (key === undefined) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else if (matches === 'all') known.push(index);
  }
  const used = new Uint8Array(right.length);
  const made: Row[] = [];
  let matched = 0;
  const add = (one: Row | undefined, other: Row | undefined) => {
    spend(budget, shape.width);
    make(budget, bytesOf.object(shape.width));
    if (made.length >= maxRows) throw tooManyRows();
    made.push(shape.combine(one, other));
  };
  for (const [index, row] of left.entries()) {
    const key = leftKeys[index];
    const partners = key === undefined ? undefined : places.get(key);
    if (partners) matched += 1;
    for (const place of partners ?? []) {
      used[place] = 1;
      add(row, right[place]);
    }
    if (!partners && keep !== 'matching') add(row, undefined);
  }
  if (keep === 'all') {
    for (const [index, row] of right.entries())
      if (
        used[index] === 0 &&
        !(matches === 'first' && isRepeated(rightKeys[index], index, places))
      )
        add(undefined, row);
  }
  return {
    output: { rows: made, rowCount: made.length, matched },
    note: `${matched} of ${counted(left.length)} found a partner.`,
  };
}

/** Whether a row was passed over for an earlier one with its key, which has found a partner. */
function isRepeated(
  key: string | undefined,
  index: number,
  places: Map<string, number[]>,
): boolean {
  return key !== undefined && places.get(key)?.[0] !== index;
}

function keysFor(
  rows: readonly Row[],
  fields: readonly string[],
  compare: Comparison,
  budget: Budget,
): (string | undefined)[] {
  const columns = fields.map((field) => columnIn(rows, field, budget));
  make(budget, bytesOf.list(rows.length));
  return rows.map((_, index) => {
    const values = columns.map((column) => column[index]);
    return values.some(isBlank) ? undefined : keyOf(values, compare, budget);
  });
}

/** How a row of both is made: each has all fields of both lists. */
function shapeOf(
  left: readonly Row[],
  right: readonly Row[],
  { keys, clash, suffix }: JoinSettings,
  budget: Budget,
) {
  const [ofLeft, ofRight] = [columnsOf(left, budget), columnsOf(right, budget)];
  const taken = new Set(ofLeft);
  // A key of one name is one field.
  const shared = new Set(keys.flatMap((key) => (key.left === key.right ? key.left : [])));
  const named = ofRight.flatMap((name): { from: string; to: string }[] => {
    if (!taken.has(name)) return [{ from: name, to: name }];
    if (shared.has(name) || clash === 'left') return [];
    if (clash === 'right') return [{ from: name, to: name }];
    let to = `${name}${suffix}`;
    while (taken.has(to) || ofRight.includes(to)) to += suffix;
    taken.add(to);
    return [{ from: name, to }];
  });
  const keysOfRight = [...shared].filter((name) => taken.has(name));
  return {
    width: ofLeft.length + named.length,
    combine(one: Row | undefined, other: Row | undefined): Row {
      const row: Row = {};
      for (const name of ofLeft) row[name] = one?.[name] ?? null;
      for (const { from, to } of named) {
        const value = other?.[from] ?? null;
        if (other !== undefined || !(to in row)) row[to] = value;
      }
      if (one === undefined) for (const name of keysOfRight) row[name] = other?.[name] ?? null;
      return row;
    },
  };
}

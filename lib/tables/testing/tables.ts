import fc from 'fast-check';
import type { Budget } from '@/lib/expressions/values/budget';
import { isRecord, listIn } from '@/lib/values/unknown';
import { tableBudget } from '../limits';
import type { Made } from '../operation';
import { type OperationName, type Operations, operate } from '../operations';

/** Chance of the tests, printed so that a failure can be made again. */
export const seed = 20_261_129;

/** Values that tables hold in practice: few different ones, so that they meet, and the awkward ones. */
export const cells: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', ' ', 0, 1, 2, -1, 0.1, 0.2, 1e21, true, false),
  fc.constantFrom('a', 'b', 'B', 'ä', 'Ж', '猫', '🙂', 'Order 9', 'Order 10', '007', '1', '2'),
  fc.constantFrom('9007199254740993', '-9007199254740993', 9007199254740991, '2026-03-14'),
  fc.constantFrom([], ['x', 'y'], { inner: 1 }),
  fc.integer({ min: -50, max: 50 }),
);

export const numbers: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
  fc.constantFrom(null, '', '9007199254740993', '-9007199254740995', 9007199254740991, '0.10'),
);

/** Rows with the fields a, b and n, of which some are missing; n holds numbers or nothing. */
export const tables: fc.Arbitrary<Record<string, unknown>[]> = fc.array(
  fc.record({ a: cells, b: cells, n: numbers }, { requiredKeys: [] }),
  { maxLength: 30 },
);

/** Rows to which a row with all fields was added, so that no name is unknown. */
export const fullTables = tables.map((rows) => [...rows, { a: 'a', b: 1, n: 1 }]);

/** Does an operation on lists that are given as they are. */
export function work<Name extends OperationName>(
  name: Name,
  values: Record<string, unknown>,
  settings: Operations[Name],
  budget: Budget = tableBudget(),
): Made {
  return operate(name, { values, names: {}, budget }, settings);
}

/** The rows that it gives. */
export function rowsOf({ output }: Made): Record<string, unknown>[] {
  return listIn(output.rows).filter(isRecord);
}

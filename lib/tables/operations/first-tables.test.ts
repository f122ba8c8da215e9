import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '@/lib/values/unknown';
import type { Ordering } from '../order';
import { fullTables, rowsOf, seed, tables, work } from '../testing/tables';
import type { Summary } from './group';

const blank = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String(at(error, 'message'));
  }
  return 'nothing failed';
};

describe(`Filter (seed ${seed})`, () => {
  it('keeps what a loop would keep, in its order', () => {
    fc.assert(
      fc.property(tables, fc.boolean(), (rows, matching) => {
        const keep = matching ? 'matching' : 'others';
        const made = work(
          'filter',
          { rows },
          { condition: 'has(row.a) && row.a == row.b', keep, onProblem: 'drop' },
        );
        const wanted: unknown[] = [];
        for (const row of rows) {
          // A row with one of both is neither: the condition cannot be worked out.
          if ('a' in row && !('b' in row)) continue;
          const equal = 'a' in row && JSON.stringify(row.a) === JSON.stringify(row.b);
          if (equal === matching) wanted.push(row);
        }
        expect(made.output.rows).toEqual(wanted);
        expect(made.output.removed).toBe(rows.length - wanted.length);
      }),
      { seed },
    );
  });

  it('names the row and the field of what fails', () => {
    const rows = [{ n: 1 }, { m: 2 }];
    const settings = { condition: 'row.n > 0', keep: 'matching', onProblem: 'fail' } as const;
    expect(message(() => work('filter', { rows }, settings))).toBe(
      'Row 2: row has no field "n". (in "row.n")',
    );
    expect(message(() => work('filter', { rows }, { ...settings, condition: 'row' }))).toBe(
      'Row 1: the condition must be true or false.',
    );
    expect(message(() => work('filter', { rows: 'x' }, settings))).toBe(
      '“Rows” must be a list of rows, but it is text.',
    );
  });

  it('takes a list of plain values, an empty one, and the output of a step', () => {
    const settings = {
      condition: 'row > 1 && index < 3',
      keep: 'matching',
      onProblem: 'fail',
    } as const;
    expect(work('filter', { rows: [1, 2, 3, 4] }, settings).output.rows).toEqual([2, 3]);
    expect(work('filter', { rows: [] }, settings).output).toEqual({
      rows: [],
      rowCount: 0,
      removed: 0,
    });
    expect(work('filter', { rows: { rows: [5], rowCount: 1 } }, settings).output.rowCount).toBe(1);
  });

  it('charges all rows to one budget', () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ n }));
    const condition = 'range(20000).sum() > row.n';
    const settings = { condition, keep: 'matching', onProblem: 'drop' } as const;
    const budget = { left: 500_000, bytes: 50_000_000 };
    expect(message(() => work('filter', { rows }, settings, budget))).toMatch(
      /^Row \d+: This expression does too much work/,
    );
  });
});

describe(`Sort (seed ${seed})`, () => {
  const by = (
    field: string,
    direction: 'ascending' | 'descending' = 'ascending',
    as: Ordering = 'auto',
  ) => ({ field, direction, as });

  it('orders numbers to the last digit, stable, blanks last', () => {
    fc.assert(
      fc.property(fullTables, fc.boolean(), (rows, down) => {
        const numbered = rows.map((row, place) => ({ n: row.n, place }));
        const made = rowsOf(
          work('sort', { rows: numbered }, { keys: [by('n', down ? 'descending' : 'ascending')] }),
        );
        // Insertion sort over scaled big integers, written without the code that is tested.
        const scaled = (value: unknown) => {
          const [whole = '0', fraction = ''] = String(value).split('.');
          return BigInt(`${whole}${fraction.padEnd(4, '0')}`);
        };
        const wanted: typeof numbered = [];
        for (const row of numbered) {
          const after = (other: (typeof numbered)[number]) => {
            if (blank(row.n)) return false;
            if (blank(other.n)) return true;
            return down ? scaled(other.n) < scaled(row.n) : scaled(other.n) > scaled(row.n);
          };
          const at = wanted.findIndex(after);
          wanted.splice(at < 0 ? wanted.length : at, 0, row);
        }
        expect(made.map(({ place }) => place)).toEqual(wanted.map(({ place }) => place));
      }),
      { seed },
    );
  });

  it('gives the same rows for any values, and descending is ascending turned around but for equal and blank ones', () => {
    fc.assert(
      fc.property(fullTables, (rows) => {
        const numbered = rows.map((row, place) => ({ ...row, place }));
        const made = rowsOf(
          work('sort', { rows: numbered }, { keys: [by('a'), by('b', 'descending')] }),
        );
        expect(made.map(({ place }) => place).sort((a, b) => Number(a) - Number(b))).toEqual(
          numbered.map(({ place }) => place),
        );
        const firstBlank = made.findIndex((row) => blank(row.a));
        if (firstBlank >= 0) expect(made.slice(firstBlank).every((row) => blank(row.a))).toBe(true);
      }),
      { seed },
    );
  });

  const sorted = (values: unknown[], as?: Ordering) =>
    work('sort', { rows: values }, { keys: [by('', 'ascending', as)] }).output.rows;

  it.each<[string, unknown[], unknown[]]>([
    ['texts with digits', ['Order 10', 'Order 9'], ['Order 9', 'Order 10']],
    [
      'letters before case, accents beside their letter',
      ['b', 'A', 'ä', 'B', 'a'],
      ['a', 'A', 'ä', 'b', 'B'],
    ],
    [
      'large whole numbers',
      ['9007199254740993', 9007199254740991, '9007199254740992'],
      [9007199254740991, '9007199254740992', '9007199254740993'],
    ],
    [
      'dates with zones',
      ['2026-03-14T10:00:00+02:00', '2026-03-14T09:00:00Z', '2026-03-14'],
      ['2026-03-14', '2026-03-14T10:00:00+02:00', '2026-03-14T09:00:00Z'],
    ],
    [
      'kinds',
      [{ x: 1 }, 'a', 2, true, null, false, [1]],
      [false, true, 2, 'a', [1], { x: 1 }, null],
    ],
    ['nothing', [], []],
  ])('%s', (_, values, wanted) => {
    expect(sorted(values)).toEqual(wanted);
  });

  it('names row and field of what does not fit, and the fields that there are', () => {
    const rows = [{ n: 1, m: 2 }, { n: 'x' }];
    expect(message(() => work('sort', { rows }, { keys: [by('n', 'ascending', 'number')] }))).toBe(
      'Row 2: “n” is “x”, which is not a number.',
    );
    expect(message(() => work('sort', { rows }, { keys: [by('k')] }))).toBe(
      'No row has a field “k”. There are: “n”, “m”.',
    );
  });
});

describe(`Group (seed ${seed})`, () => {
  const make = (rows: unknown[], keys: string[], ...summaries: [Summary, string][]) =>
    rowsOf(
      work(
        'group',
        { rows },
        {
          keys,
          summaries: summaries.map(([summary, field]) => ({
            summary,
            field,
            name: `${summary}_${field}`,
          })),
        },
      ),
    );

  it('counts, adds and lists as a loop would', () => {
    fc.assert(
      fc.property(fullTables, (rows) => {
        const made = make(
          rows,
          ['a'],
          ['count', ''],
          ['count', 'n'],
          ['sum', 'n'],
          ['list', 'n'],
          ['first', 'n'],
          ['last', 'n'],
          ['unique', 'n'],
        );
        const keys: string[] = [];
        for (const row of rows) {
          const key = JSON.stringify(row.a ?? null);
          if (!keys.includes(key)) keys.push(key);
        }
        expect(made.map((row) => JSON.stringify(row.a))).toEqual(keys);
        for (const [at, key] of keys.entries()) {
          const own = rows.filter((row) => JSON.stringify(row.a ?? null) === key);
          const filled = own.map((row) => row.n).filter((value) => !blank(value));
          // In ten-thousandths, as whole numbers of any length.
          let sum = 0n;
          for (const value of filled) {
            const [whole = '0', fraction = ''] = String(value).split('.');
            sum += BigInt(`${whole}${fraction.padEnd(4, '0')}`);
          }
          const row = made[at] ?? {};
          expect(row.count_).toBe(own.length);
          expect(row.count_n).toBe(filled.length);
          const [whole = '0', fraction = ''] = String(row.sum_n).split('.');
          expect(BigInt(`${whole}${fraction.padEnd(4, '0')}`)).toBe(sum);
          expect(row.list_n).toEqual(filled);
          expect(row.first_n).toEqual(own[0]?.n ?? null);
          expect(row.last_n).toEqual(own.at(-1)?.n ?? null);
          expect(row.unique_n).toBe(new Set(filled.map((value) => JSON.stringify(value))).size);
        }
      }),
      { seed },
    );
  });

  it.each<[string, unknown[], Summary, unknown]>([
    ['cents', [0.1, 0.2], 'sum', 0.3],
    ['prices', [19.99, 0.01, 5], 'sum', 25],
    ['beyond 2^53', [9007199254740991, 2], 'sum', '9007199254740993'],
    [
      'texts of large numbers',
      ['9007199254740993', '9007199254740993'],
      'average',
      '9007199254740993',
    ],
    ['very small and large', [1e-7, 1e21], 'sum', '1000000000000000000000.0000001'],
    ['nothing', [null, ''], 'sum', 0],
    ['nothing', [null, ''], 'average', null],
    ['an average', [1, 2], 'average', 1.5],
    ['numbers', [10, 9, '9007199254740993'], 'max', '9007199254740993'],
    ['dates', ['2026-03-14', '2025-12-31'], 'min', '2025-12-31'],
    ['nothing', [], 'min', null],
  ])('%s: %j by %s is %j', (_, values, summary, wanted) => {
    const rows = values.map((n) => ({ n }));
    expect(make(rows, [], [summary, 'n'])[0]?.[`${summary}_n`]).toEqual(wanted);
  });

  it('says which row has no number', () => {
    expect(message(() => make([{ n: 1 }, { n: 'abc' }], [], ['sum', 'n']))).toBe(
      'Row 2: “n” is “abc”, which is not a number.',
    );
    expect(message(() => make([{ n: 1 }, 5], ['n']))).toBe(
      'Row 2: it is a number, but a row needs fields.',
    );
  });
});

describe(`Set fields (seed ${seed})`, () => {
  it('sets, renames and removes as a loop would, and leaves the rows that were given', () => {
    fc.assert(
      fc.property(fullTables, (rows) => {
        const before = structuredClone(rows);
        const made = work(
          'setFields',
          { rows },
          {
            changes: [
              { action: 'set', name: 'place', expression: 'index * 2' },
              { action: 'set', name: 'next', expression: 'row.place + 1' },
              { action: 'rename', name: 'a', to: 'b' },
              { action: 'remove', name: 'n' },
            ],
            keep: 'all',
          },
        );
        const wanted = rows.map(({ a, b, n: _, ...row }, index) => ({
          ...row,
          ...(Object.hasOwn(rows[index] ?? {}, 'a') ? { b: a } : b === undefined ? {} : { b }),
          place: index * 2,
          next: index * 2 + 1,
        }));
        expect(made.output.rows).toEqual(wanted);
        expect(rows).toEqual(before);
      }),
      { seed },
    );
  });

  it('keeps places and order of names, and only what is asked for', () => {
    const rows = [{ x: 1, y: 2, z: 3 }];
    const [first] = rowsOf(
      work(
        'setFields',
        { rows },
        { changes: [{ action: 'rename', name: 'y', to: 'why' }], keep: 'all' },
      ),
    );
    expect(Object.keys(first ?? {})).toEqual(['x', 'why', 'z']);
    const only = work(
      'setFields',
      { rows },
      {
        changes: [
          { action: 'rename', name: 'y', to: 'why' },
          { action: 'set', name: 'sum', expression: 'row.x + row.why' },
        ],
        keep: 'changed',
      },
    );
    expect(only.output.rows).toEqual([{ why: 2, sum: 3 }]);
  });

  it('keeps text digits, and names row and part of what fails', () => {
    const rows = [{ id: '9007199254740993' }, { id: 7 }];
    const set = (expression: string) =>
      work(
        'setFields',
        { rows },
        { changes: [{ action: 'set', name: 'copy', expression }], keep: 'all' },
      );
    expect(set('string(row.id)').output.rows).toEqual([
      { id: '9007199254740993', copy: '9007199254740993' },
      { id: 7, copy: '7' },
    ]);
    expect(message(() => set('row.id + "x"'))).toBe(
      'Row 2: "+" cannot add a number and text. Use string(…) to make text. (in "row.id + "x"")',
    );
  });
});

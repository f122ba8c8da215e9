import { describe, expect, it } from 'vitest';
import { recordsIn, searchRecords } from './records';

describe('recordsIn', () => {
  it('finds the rows of a step’s output, and what its columns hold', () => {
    const rows = [
      { n: 1, t: 'a', d: '2026-03-14', b: true, m: 1, l: [1], e: null },
      { n: null, t: '', d: '2026-03-15T10:00:00Z', b: false, m: 'x', l: [], e: '' },
      { late: 5 },
    ];
    const found = recordsIn({ removed: 2, columns: ['n'], rows });
    expect(found?.field).toBe('rows');
    expect(Object.fromEntries(found?.columns.map(({ name, kind }) => [name, kind]) ?? [])).toEqual({
      n: 'number',
      t: 'text',
      d: 'date',
      b: 'true/false',
      m: 'mixed',
      l: 'list',
      e: 'empty',
      late: 'number',
    });
    expect(recordsIn(rows)?.field).toBeUndefined();
  });

  it.each([
    [5],
    ['x'],
    [null],
    [[]],
    [[1, 2]],
    [{ a: 1 }],
    [{ rows: [] }],
    [[{ a: 1 }, 2]],
    [[{}]],
  ])('has no table for %j', (value) => {
    expect(recordsIn(value)).toBeUndefined();
  });

  it('searches 50,000 rows', () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      n,
      name: `Customer ${n}`,
      x: { y: n },
    }));
    const records = recordsIn(rows);
    expect(records && searchRecords(records, 'customer 49999')).toEqual([49_999]);
    expect(records && searchRecords(records, ' ').length).toBe(50_000);
  });
});

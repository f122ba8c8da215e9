import { expect, test } from 'vitest';
import { guessType, readCell, readCells } from './cells';
import { csvOf, tableOfCsv } from './csv';
import { columnInputsSchema } from './schema';

test.each([
  ['number', '12.5', 12.5],
  ['number', '', null],
  ['number', 7, 7],
  ['boolean', 'Yes', true],
  ['boolean', 'false', false],
  ['date', '2026-11-30', '2026-11-30'],
  ['date', '2026-11-30 09:00', '2026-11-30T09:00:00.000Z'],
  ['date', '2026-11-30T09:00:00+02:00', '2026-11-30T07:00:00.000Z'],
  ['text', 12, '12'],
  ['text', '', ''],
  ['text', { a: 1 }, '{"a":1}'],
  ['json', '{"a":1}', { a: 1 }],
  ['json', [1, null], [1, null]],
] as const)('a %s keeps %j as %j', (type, value, cell) => {
  expect(readCell(type, value)).toEqual({ ok: true, cell });
});

test.each([
  ['number', 'many'],
  ['number', Number.POSITIVE_INFINITY],
  ['boolean', 'perhaps'],
  ['date', '30.11.2026'],
  ['date', '2026-13-01'],
] as const)('a %s refuses %j', (type, value) => {
  expect(readCell(type, value).ok).toBe(false);
});

test('a value finds its column by name, and what has no column is named or left out', () => {
  const columns = [{ id: 'c1', name: 'Email', type: 'text' as const }];
  expect(readCells(columns, { email: 'a' })).toEqual({ ok: true, cells: { c1: 'a' } });
  expect(readCells(columns, { phone: 'a' })).toMatchObject({
    problem: expect.stringContaining('phone'),
  });
  expect(readCells(columns, { phone: 'a', Email: 'b' }, 'ignore')).toEqual({
    ok: true,
    cells: { c1: 'b' },
  });
});

test('a CSV file becomes a table of fitting types, and comes back as it was', () => {
  const csv = 'sku,price,code,since\r\nA-1,2.5,007,2026-01-01\r\n"B, ""x""",3,012,2026-02-01\r\n';
  const table = tableOfCsv(csv);
  if ('problem' in table) throw new Error(table.problem);
  expect(table.columns.map(({ type }) => type)).toEqual(['text', 'number', 'text', 'date']);
  expect(csvOf(['sku', 'price', 'code', 'since'], table.rows)).toBe(csv);
  expect(csvOf(['a'], [{ a: '=1+1' }, { a: -2 }])).toBe("a\r\n'=1+1\r\n-2\r\n");
  expect(guessType(['', null])).toBe('text');
});

test('columns have names of their own', () => {
  const named = (...names: string[]) =>
    columnInputsSchema.safeParse(names.map((name) => ({ name, type: 'text' }))).success;
  expect([named('a', 'b'), named('a', 'A'), named('id'), named('__proto__'), named()]).toEqual([
    ...[true, false, false, false, false],
  ]);
});

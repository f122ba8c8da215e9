import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/universal';
import { expect, it } from 'vitest';
import { sheetName } from '@/lib/files/documents/write-workbook';
import { outputName } from '@/lib/files/output-name';
import { tableBudget } from '../limits';
import { type WorkbookSettings, workbook } from './workbook';

const usual = { fields: [], heading: true, protect: true, dates: true, sheet: '' };
const make = (rows: unknown, more: Partial<WorkbookSettings> = {}) => {
  const given = { values: { rows }, names: {}, budget: tableBudget() };
  const { output, note } = workbook(given, { ...usual, ...more });
  if (!(output.bytes instanceof Uint8Array)) throw new Error('no bytes');
  return { bytes: output.bytes, rowCount: output.rowCount, note };
};
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]),
  );
const sheetOf = (bytes: Uint8Array) => partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '';
/** As another program reads it. */
async function readBack(bytes: Uint8Array) {
  const [sheet] = await readSheets(new Blob([bytes.slice()]));
  return sheet?.data;
}

it('is read by others as it was written', async () => {
  const rows = [
    {
      name: 'Größe & <b>',
      sum: 1.5,
      paid: true,
      day: '2026-05-01',
      at: '2026-05-01T10:30:00Z',
      code: '007',
    },
    { name: '=1+1', sum: -3, paid: false, day: null, at: '', code: '_x0041_', more: { a: [1] } },
  ];
  const { bytes, rowCount } = make({ rows }, { sheet: 'May [1]' });
  expect(rowCount).toBe(2);
  expect(await readBack(bytes)).toEqual([
    ['name', 'sum', 'paid', 'day', 'at', 'code', 'more'],
    [
      'Größe & <b>',
      1.5,
      true,
      new Date('2026-05-01'),
      new Date('2026-05-01T10:30:00Z'),
      '007',
      null,
    ],
    ['=1+1', -3, false, null, null, expect.stringMatching(/x0041/), '{"a":[1]}'],
  ]);
  expect(partsOf(bytes)['xl/workbook.xml']).toContain('name="May 1"');
  expect(make({ rows }).bytes).toEqual(make({ rows }).bytes);
});

it.each(['=1+1', '+1', '-cmd', '@SUM(1)', '\t=1', '\r=1'])('%j stays a text', (text) => {
  const cell = (protect: boolean) => sheetOf(make([{ a: text }], { protect }).bytes);
  expect(cell(true)).toContain('<c r="A2" s="4" t="inlineStr">');
  expect(cell(false)).toContain('<c r="A2" t="inlineStr">');
  expect(cell(false)).not.toContain('<f>');
});

it('holds what XML cannot, cuts what Excel cannot, and refuses what is too much', () => {
  const { bytes, note } = make([{ a: `x\0y\u000bz\ud800`, b: 'n'.repeat(40_000) }]);
  expect(sheetOf(bytes)).toContain('>xyz\ufffd<');
  expect(note).toContain('1 cells were longer than 32767');
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`f${at}`, 1]));
  expect(() => make([wide])).toThrow('20000 columns');
  expect(() => make([{ a: 1 }], { fields: ['b'] })).toThrow('No row has a field “b”');
  expect(() => make('text')).toThrow('must be a list');
});

it('takes 50,000 rows', () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => ({ at, name: `Row ${at}`, sum: at / 3 }));
  expect(make(rows).rowCount).toBe(50_000);
});

it('keeps any text, whatever it holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), async (text) => {
      const shown = text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').trim();
      fc.pre(shown !== '' && shown === text && !/_x[0-9a-f]{4}_/i.test(text));
      expect((await readBack(make([{ a: text }], { dates: false }).bytes))?.[1]).toEqual([text]);
    }),
    { numRuns: 200, seed: 11 },
  );
});

it.each([
  ['', 'Sheet1'],
  ["'a/b:c'", 'a b c'],
  ['History', 'Sheet1'],
  ['x'.repeat(40), 'x'.repeat(31)],
])('the sheet %j is called %s', (wanted, name) => expect(sheetName(wanted)).toBe(name));

it.each([
  ['report', 'csv', 'report.csv'],
  ['report.CSV', 'csv', 'report.csv'],
  ['../../etc/passwd', 'txt', 'passwd.txt'],
  ['a\\b\\c.md', 'md', 'c.md'],
  ['CON', 'txt', 'CON_.txt'],
  ['nul.csv', 'csv', 'nul_.csv'],
  ['.hidden', 'txt', 'hidden.txt'],
  ['a: "b" <c>?', 'json', 'a- -b- -c--.json'],
  ['gpj.exe\u202e', 'txt', 'gpj.exe.txt'],
  ['line\nend', 'txt', 'line end.txt'],
  ['', 'txt', 'file.txt'],
  ['x'.repeat(400), 'txt', `${'x'.repeat(150)}.txt`],
])('a file called %j becomes %s %s', (wanted, ending, name) =>
  expect(outputName(wanted, ending)).toBe(name),
);

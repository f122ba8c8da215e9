import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '@/lib/values/unknown';
import { seed, work } from '../testing/tables';
import type { ParseSettings } from './parse';
import type { WriteSettings } from './write';

const writing: WriteSettings = {
  format: 'csv',
  fields: [],
  delimiter: 'comma',
  heading: true,
  protect: false,
  indent: false,
};
const reading: ParseSettings = {
  format: 'csv',
  delimiter: 'comma',
  headingRow: 1,
  numbers: 'text',
  table: 1,
};
const write = (rows: unknown, change: Partial<WriteSettings> = {}) =>
  String(work('write', { rows }, { ...writing, ...change }).output.text);
const parse = (text: unknown, change: Partial<ParseSettings> = {}) =>
  work('parse', { text }, { ...reading, ...change }).output;
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String(at(error, 'message'));
  }
  return 'nothing failed';
};

/** Texts that a table keeps: blanks at their ends go in some formats, empty cells are null in all. */
const cell = fc
  .string({
    unit: fc.constantFrom(
      'a',
      'B',
      '1',
      ',',
      ';',
      '"',
      '|',
      '\\',
      '<',
      '&',
      '>',
      '猫',
      '🙂',
      ' ',
      '\n',
    ),
    minLength: 1,
    maxLength: 12,
  })
  .filter((text) => text.trim() === text && !/ \n|\n | {2}/.test(text));
const table = fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 10 });

describe(`what is written can be read (seed ${seed})`, () => {
  it.each(['csv', 'markdown', 'html', 'json', 'jsonl'] as const)('%s', (format) => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(parse(write(rows, { format }), { format }).rows).toEqual(rows);
      }),
      { seed },
    );
  });
});

describe('Write data', () => {
  const rows = [
    { name: 'Ada', amount: 1.5, id: '9007199254740993', tags: ['x'], note: null },
    { name: 'Ben' },
  ];
  it.each<[string, Partial<WriteSettings>, string]>([
    ['CSV', {}, 'name,amount,id,tags,note\r\nAda,1.5,9007199254740993,"[""x""]",\r\nBen,,,,\r\n'],
    [
      'fields',
      { fields: ['amount', 'name'], delimiter: 'semicolon' },
      'amount;name\r\n1.5;Ada\r\n;Ben\r\n',
    ],
    ['no heading', { fields: ['name'], heading: false }, 'Ada\r\nBen\r\n'],
    [
      'Markdown',
      { format: 'markdown', fields: ['name', 'amount'] },
      '| name | amount |\n| --- | --- |\n| Ada | 1.5 |\n| Ben |  |\n',
    ],
    [
      'HTML',
      { format: 'html', fields: ['name'] },
      '<table>\n<thead>\n<tr><th>name</th></tr>\n</thead>\n<tbody>\n<tr><td>Ada</td></tr>\n<tr><td>Ben</td></tr>\n</tbody>\n</table>\n',
    ],
    ['JSON', { format: 'json', fields: ['id'] }, '[{"id":"9007199254740993"},{"id":null}]'],
    ['JSON lines', { format: 'jsonl', fields: ['name'] }, '{"name":"Ada"}\n{"name":"Ben"}\n'],
  ])('%s', (_, change, text) => {
    expect(write(rows, change)).toBe(text);
  });

  it('keeps spreadsheets from running a text, and leaves numbers alone', () => {
    const risky = [{ x: '=1+1' }, { x: '-5' }, { x: -5 }, { x: '@sum' }, { x: 'a=b' }];
    expect(write(risky, { protect: true })).toBe("x\r\n'=1+1\r\n-5\r\n-5\r\n'@sum\r\na=b\r\n");
  });

  it('writes nothing for no rows, and names unknown fields', () => {
    expect(write([], { fields: ['a'] })).toBe('a\r\n');
    expect(message(() => write(rows, { fields: ['nmae'] }))).toMatch(
      /^No row has a field “nmae”. There are/,
    );
  });
});

describe('Parse data', () => {
  it('reads numbers and codes as files are read', () => {
    expect(parse('id,n,code\n9007199254740993,1,007\n2,2.5,12', { numbers: 'plain' }).rows).toEqual(
      [
        { id: '9007199254740993', n: 1, code: '007' },
        { id: '2', n: 2.5, code: '12' },
      ],
    );
    expect(parse('{"id": 9007199254740993}', { format: 'json' })).toEqual({
      value: { id: '9007199254740993' },
    });
  });

  it('reads the second table of a page, with entities, and no script', () => {
    const page =
      '<table><tr><td>no</table><script>"<table>"</script><p><TABLE class="a"><tr><th>Name<th>Price &euro;</tr>' +
      '<tr><td>Tea &amp; more<br>loose</td><td><b>3</b>.50</td></tr></table>';
    expect(parse(page, { format: 'html', table: 2, numbers: 'plain' }).rows).toEqual([
      { Name: 'Tea & more\nloose', 'Price €': 3.5 },
    ]);
    expect(message(() => parse(page, { format: 'html', table: 3 }))).toBe(
      'The page has 2 tables, so there is no table 3.',
    );
  });

  it.each<[string, string, Partial<ParseSettings>]>([
    ['The text is not JSON: line 1, column 2: ', '{', { format: 'json' }],
    ['The text has no Markdown table.', 'a | b', { format: 'markdown' }],
    ['Line 2, column 3', 'a\nb,c', {}],
  ])('says “%s…” of what cannot be read', (start, text, change) => {
    expect(message(() => parse(text, change)).startsWith(start)).toBe(true);
  });

  it('reads hostile pages in linear time', () => {
    for (const text of ['<'.repeat(200_000), '<script>'.repeat(50_000), '<!--'.repeat(50_000)])
      expect(message(() => parse(text, { format: 'html' }))).toMatch(/no table 1/);
    expect(message(() => parse(`a\n${'|:-'.repeat(3_000)}x`, { format: 'markdown' }))).toMatch(
      /no Markdown/,
    );
  });
});

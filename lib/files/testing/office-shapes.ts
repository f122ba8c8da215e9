import { type OfficeFile, utf8 } from './office-file';

/** Delimiters, quotes, line ends and headings as offices and programs write them. */
export const shapes: OfficeFile[] = [
  {
    what: 'sep= in the first line',
    bytes: utf8('sep=;\r\na;b\r\n1,5;x\r\n'),
    rows: [{ a: '1,5', b: 'x' }],
  },
  { what: '"sep=|" in quotes', bytes: utf8('"sep=|"\na|b\n1;2|3\n'), rows: [{ a: '1;2', b: 3 }] },
  { what: 'only the sep line', bytes: utf8('sep=,\r\n'), refused: /The file is empty/ },
  {
    what: 'mixed line ends, one column',
    bytes: utf8('email\r\nana@example.com\nbo@example.com\r\ncy@example.com\r\n'),
    rows: [{ email: 'ana@example.com' }, { email: 'bo@example.com' }, { email: 'cy@example.com' }],
  },
  {
    what: 'mixed line ends and an empty last heading',
    bytes: utf8('id,note,\r\n1,alpha\n2,beta\r\n'),
    columns: ['id', 'note'],
    rows: [
      { id: 1, note: 'alpha' },
      { id: 2, note: 'beta' },
    ],
  },
  {
    what: 'old Mac line ends',
    bytes: utf8('a,b\r1,2\r3,4\r'),
    rows: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
  },
  {
    what: 'all three line ends',
    bytes: utf8('a\r\n1\n2\r3'),
    rows: [{ a: 1 }, { a: 2 }, { a: 3 }],
  },
  {
    what: 'line ends inside quotes stay in their cell',
    bytes: utf8('id,text\r\n1,"one\ntwo\r\nthree"\r\n2,x\r\n'),
    rows: [
      { id: 1, text: 'one\ntwo\r\nthree' },
      { id: 2, text: 'x' },
    ],
  },
  {
    what: 'quotes in quotes',
    bytes: utf8('a,b\n"say ""hi"", ok",2\n'),
    rows: [{ a: 'say "hi", ok', b: 2 }],
  },
  {
    what: 'a quote inside a plain cell',
    bytes: utf8('part,n\n5" pipe,3\n'),
    rows: [{ part: '5" pipe', n: 3 }],
  },
  {
    what: 'a blank before the quote',
    bytes: utf8('a, b\n1, "x, y"\n'),
    rows: [{ a: 1, b: 'x, y' }],
  },
  {
    what: 'blanks inside quotes stay',
    bytes: utf8('a,b\n" x ",  y \n'),
    rows: [{ a: ' x ', b: 'y' }],
  },
  {
    what: 'delimiter and quote in the heading',
    bytes: utf8('"a;b";"c ""d"""\n1;2\n'),
    rows: [{ 'a;b': 1, 'c "d"': 2 }],
  },
  {
    what: 'a quote that is never closed',
    bytes: utf8('a,b\n1,"x\n2,y\n'),
    refused: /^Line 2, column 3: the quote that opens here is never closed/,
  },
  {
    what: 'text behind a closing quote',
    bytes: utf8('a,b\n1,"x"y\n'),
    refused: /^Line 2, column 6: text after the closing quote/,
  },
  {
    what: 'backslashes before quotes',
    bytes: utf8('a,b\n1,"say \\"hi\\""\n'),
    refused: /^Line 2, column \d+: text after the closing quote/,
  },
  {
    what: 'one delimiter too many in each row',
    bytes: utf8('sku;price\r\n111;31.40;\r\n222;29.60;\r\n'),
    rows: [
      { sku: 111, price: 31.4 },
      { sku: 222, price: 29.6 },
    ],
  },
  { what: 'several too many', bytes: utf8('a,b\n1,2,,,\n'), rows: [{ a: 1, b: 2 }] },
  {
    what: 'a heading and rows with one too many',
    bytes: utf8('a;b;\n1;2;\n'),
    columns: ['a', 'b'],
    rows: [{ a: 1, b: 2 }],
  },
  {
    what: 'a cell too many that holds something',
    bytes: utf8('a,b\n1,2\n3,4,5\n'),
    refused: /^Line 3, column 5: this row has 3 cells, but the header row has 2 columns/,
  },
  {
    what: 'rows that end early',
    bytes: utf8('a,b,c\n1\n2,3\n'),
    rows: [
      { a: 1, b: null, c: null },
      { a: 2, b: 3, c: null },
    ],
  },
  {
    what: 'empty rows, also of delimiters',
    bytes: utf8('a,b\n\n1,2\n,\n  \n3,4\n\n'),
    rows: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
  },
  {
    what: 'an empty heading between others',
    bytes: utf8('a,,c\n1,2,3\n'),
    rows: [{ a: 1, column_2: 2, c: 3 }],
  },
  { what: 'headings twice', bytes: utf8('a,a,a_2\n1,2,3\n'), columns: ['a', 'a_2', 'a_2_2'] },
  {
    what: 'headings that reach a prototype',
    bytes: utf8('__proto__,constructor\n1,2\n'),
    rows: [{ __proto___: 1, constructor_: 2 }],
  },
  {
    what: 'a title above the heading: refused with a hint',
    bytes: utf8('Report March\n\nid;name\n1;Ann\n'),
    refused:
      /^Line 3, column 4: .*has 1 column\. If the names are in another row, set the header row/,
  },
  {
    what: 'a title above the heading, as set',
    bytes: utf8('Report "March\n\nid;name\n1;Ann\n'),
    settings: { headingRow: 3 },
    rows: [{ id: 1, name: 'Ann' }],
  },
  {
    what: 'no heading row',
    bytes: utf8('1;Ann\n2;Bo\n'),
    settings: { headingRow: 0 },
    rows: [
      { column_1: 1, column_2: 'Ann' },
      { column_1: 2, column_2: 'Bo' },
    ],
  },
  {
    what: 'a heading row behind the end',
    bytes: utf8('a\n1\n'),
    settings: { headingRow: 9 },
    refused: /The file has no row 9/,
  },
  {
    what: 'tab separated',
    name: 'x.tsv',
    bytes: utf8('a\tb\n1\t2, 3; 4\n'),
    rows: [{ a: 1, b: '2, 3; 4' }],
  },
  { what: 'pipes', bytes: utf8('a|b\n1|x, y\n'), rows: [{ a: 1, b: 'x, y' }] },
  {
    what: 'commas in texts between semicolons',
    bytes: utf8('Name, Vorname;Alter\nMüller, Hans;33\n'),
    rows: [{ 'Name, Vorname': 'Müller, Hans', Alter: 33 }],
  },
  {
    what: 'another delimiter by its setting',
    bytes: utf8('a;b,c\n1;2,3\n'),
    settings: { delimiter: 'comma' },
    rows: [{ 'a;b': '1;2', c: 3 }],
  },
  { what: 'nothing but a heading', bytes: utf8('a,b\n'), columns: ['a', 'b'], rows: [] },
  { what: 'an empty file', bytes: utf8(''), refused: /The file is empty/ },
  {
    what: 'a cell of a million characters',
    bytes: utf8(`a,b\n"${'x'.repeat(1_000_000)}",1\n`),
    rows: [{ a: 'x'.repeat(1_000_000), b: 1 }],
  },
  {
    what: 'too many columns',
    bytes: utf8(`${'a,'.repeat(501)}a\n`),
    refused: /more than 500 columns/,
  },
  {
    what: 'too many rows',
    bytes: utf8(`a\n${'1\n'.repeat(50_001)}`),
    refused: /more than 50000 rows/,
  },
];

import { encodeAs } from './encode-as';
import { marked, type OfficeFile, raw, utf8 } from './office-file';

/** Files that are no tables, and JSON. */
export const others: OfficeFile[] = [
  {
    what: 'a workbook under the name of a table',
    bytes: raw(0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0),
    refused: /Excel workbook \(\.xlsx\).*Give it the ending/,
  },
  {
    what: 'an old workbook',
    name: 'x.csv',
    bytes: raw(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1),
    refused: /old Excel workbook \(\.xls\)/,
  },
  {
    what: 'a web page under the name of a table',
    bytes: utf8('\n<html><table><tr><td>1</td></tr></table>'),
    refused: /^Line 2, column 1: a web page/,
  },
  { what: 'a PDF', bytes: utf8('%PDF-1.7\n'), refused: /PDF/ },
  { what: 'a compressed table', bytes: raw(0x1f, 0x8b, 8, 0), refused: /gzip/ },
  { what: 'UTF-32', bytes: raw(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), refused: /UTF-32/ },
  {
    what: 'a NUL character',
    bytes: utf8('a,b\n1,x\0y\n'),
    refused: /^Line 2, column 4: a NUL character/,
  },
  {
    what: 'JSON',
    name: 'x.json',
    bytes: utf8('[{"id": 7615917337495251231, "n": {"deep": [1.5]}}]'),
    rows: [{ id: '7615917337495251231', n: { deep: [1.5] } }],
  },
  {
    what: 'JSON in UTF-16',
    name: 'x.json',
    bytes: marked([0xff, 0xfe], encodeAs('[{"a": "Zoë"}]', 'utf-16le')),
    rows: [{ a: 'Zoë' }],
  },
  {
    what: 'JSON with one name twice',
    name: 'x.json',
    bytes: utf8('[\n {"a": 1, "a": 2}]'),
    refused: /^Line 2, column 11: .*"a" stands twice/,
  },
  {
    what: 'JSON that breaks off',
    name: 'x.json',
    bytes: utf8('[{"a": 1},\n'),
    refused: /^Line 2, column 1: not valid JSON: expected a value, but the text ends/,
  },
  {
    what: 'JSON with a comma too many',
    name: 'x.json',
    bytes: utf8('[{"a": 1,}]'),
    refused: /^Line 1, column 10: not valid JSON/,
  },
  {
    what: 'JSON lines',
    name: 'x.jsonl',
    bytes: utf8('{"id": 1}\r\n\n{"id": 9007199254740993}\n'),
    rows: [{ id: 1 }, { id: '9007199254740993' }],
  },
  {
    what: 'JSON lines with a broken one',
    name: 'x.ndjson',
    bytes: utf8('{"a": 1}\n{"a": }\n'),
    refused: /^Line 2, column 7: not valid JSON/,
  },
];

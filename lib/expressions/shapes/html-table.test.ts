import { expect, it } from 'vitest';
import { asHtmlTable } from './html-table';

it.each([
  [' table(rows) ', ' htmlTable(rows) '],
  ['rows.table(["table"])', 'rows.htmlTable(["table"])'],
  ['htmlTable(rows)', 'htmlTable(rows)'],
  ['table(a) + table(b)', undefined],
  ['upper(table(a))', undefined],
  ['"table(a)"', undefined],
  ['tables.name', undefined],
  ['table(', undefined],
])('%s', (given, wanted) => expect(asHtmlTable(given)).toBe(wanted));

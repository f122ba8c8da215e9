import { expect, test } from 'vitest';
import { folderSchema, isWithin } from './folder';

test.each([
  ['', ''],
  [' / ', ''],
  ['Sales', 'Sales'],
  ['/Sales// Reports /', 'Sales/Reports'],
  ['Vertrieb/Köln & Bonn', 'Vertrieb/Köln & Bonn'],
])('%j is the folder %j', (given, stored) => {
  expect(folderSchema.parse(given)).toBe(stored);
});

test.each([
  ['a/b/c/d/e/f/g', 'at most 6 levels'],
  ['x'.repeat(61), 'at most 60 characters'],
  ['Sales/a\u202eb', 'cannot be seen'],
])('%j is no folder', (given, why) => {
  expect(folderSchema.safeParse(given).error?.issues[0]?.message).toContain(why);
});

test('a folder whose name only begins alike is another one', () => {
  expect(isWithin('Sales', 'Sales')).toBe(true);
  expect(isWithin('Sales/Reports', 'Sales')).toBe(true);
  expect(isWithin('Salesforce', 'Sales')).toBe(false);
});

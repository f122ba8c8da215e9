import { expect, it } from 'vitest';
import { settingText } from './text-of';

it('shows rows as people wrote them, without ids and escapes', () => {
  const rows = [
    { id: 'r92df929c', name: 'total', expression: 'rows.sum("quantity")', label: '' },
    { id: 'r1', name: 'on', expression: 'true', required: false },
  ];
  expect(settingText(rows)).toBe(
    'name: total\nexpression: rows.sum("quantity")\n\nname: on\nexpression: true\nrequired: false',
  );
});

it('leaves texts and other values as they are', () => {
  expect(settingText('say "hi"')).toBe('say "hi"');
  expect(settingText(['a', 1])).toBe('[\n  "a",\n  1\n]');
  expect(settingText(undefined)).toBe('');
  expect(settingText([])).toBe('');
});

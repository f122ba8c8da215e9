import { expect, test } from 'vitest';
import { nameProblem } from '@/lib/names/name-problem';
import { copyName } from './copy-name';
import { workflowLimits } from './schema';

test.each([
  ['Invoices', 'Copy of Invoices'],
  ['Copy of Invoices', 'Copy of Copy of Invoices'],
  ['  two\nlines ', 'Copy of two lines'],
  ['\u200b', 'Copy of workflow'],
])('a copy of %j is called %j', (name, copy) => {
  expect(copyName(name)).toBe(copy);
});

test.each(['x'.repeat(200), '👩🏽‍💻'.repeat(28), `${'x'.repeat(190)}👩🏽‍💻👩🏽‍💻`])(
  'a long name is cut and stays a name: %s',
  (name) => {
    const copy = copyName(name);
    expect(copy.length).toBeLessThanOrEqual(workflowLimits.nameLength);
    expect(copy.endsWith('…')).toBe(true);
    expect(nameProblem(copy)).toBeUndefined();
  },
);

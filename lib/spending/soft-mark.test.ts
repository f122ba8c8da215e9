import { expect, it } from 'vitest';
import { picoOf } from './pico';
import { softMarkText } from './soft-mark';

it.each([
  [
    'workspace',
    'month',
    '8.021345',
    '10',
    'The budget of the workspace: $8.02 of $10.00 is spent this month (80 %).',
  ],
  [
    'agent',
    'none',
    '0.0008',
    '0.001',
    'The budget of an agent: $0.0008 of $0.001 is spent (80 %).',
  ],
  ['person', 'day', '1', '1', 'The budget of a person: $1.00 of $1.00 is spent today (100 %).'],
] as const)('says what was spent of a budget of %s', (scope, window, spent, cap, text) => {
  expect(softMarkText({ scope, window, spent: picoOf(spent) ?? 0n, cap: picoOf(cap) ?? 0n })).toBe(
    text,
  );
});

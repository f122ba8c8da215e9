import { expect, test } from 'vitest';
import type { RunEvent } from '@/lib/runs/schema';
import { withRecent } from './with-recent';

const journal = (...numbers: number[]) =>
  numbers.map((seq): RunEvent => ({ seq, at: seq, type: 'RunPaused', by: 'Ana' }));

test('what comes live is added where it follows, and waits where something lies between', () => {
  const two = journal(1, 2);
  expect(withRecent(two, journal(2, 3, 4))).toEqual(journal(1, 2, 3, 4));
  expect(withRecent([], journal(1))).toEqual(journal(1));
  expect(withRecent(two, journal(4))).toBe(two);
  expect(withRecent(two, journal(1))).toBe(two);
});

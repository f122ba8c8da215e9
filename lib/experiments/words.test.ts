import { expect, test } from 'vitest';
import type { Experiment } from './contract';
import { intervalText, verdictText } from './words';

test.each([
  ['cost', '-0.002', '-0.0004', 'between $0.0004 and $0.002 less'],
  ['cost', '0.0004', '0.002', 'between $0.0004 and $0.002 more'],
  ['duration', '-1200', '340', 'between 1.2 s less and 340 ms more'],
  ['failures', '-3.5', '4', 'between 3.5 points less and 4 points more'],
] as const)('%s from %s to %s', (goal, low, high, text) => {
  expect(intervalText(goal, low, high)).toBe(text);
});

const variant = (id: 'A' | 'B', name: string): Experiment['variants'][number] => ({
  ...{
    id,
    name,
    change: {},
    sharePercent: 50,
    tasks: 0,
    counted: 0,
    leftOut: 0,
    failures: 0,
    rated: 0,
    foundBad: 0,
  },
  ...{ costUsd: '0', meanCostUsd: '0', meanDurationMs: 0, lastRunId: null },
});
const variants = [variant('A', 'As it is'), variant('B', 'Small model')];

test('it is too early until a winner is named, and then it is the first that was named', () => {
  const early = { goal: 'cost', decided: null, difference: { estimate: '0' }, variants } as const;
  expect(verdictText({ ...early, variants })).toEqual({
    title: 'Too early to tell',
    detail: 'Each variant needs at least 25 counted tasks first.',
  });
  const difference = { estimate: '-0.001', low: '-0.002', high: '0.001' };
  expect(verdictText({ ...early, variants, difference }).detail).toBe(
    'So far B costs between $0.002 less and $0.001 more a task than A, which says nothing yet.',
  );
  const decided = {
    ...{ winner: 'B' as const, tasks: 300, at: '2026-01-01T00:00:00.000Z' },
    difference: { estimate: '-0.001', low: '-0.002', high: '-0.0001' },
  };
  expect(verdictText({ ...early, variants, difference, decided })).toEqual({
    title: 'B wins: Small model',
    detail: 'After 300 tasks: B costs between $0.0001 and $0.002 less a task than A.',
  });
});

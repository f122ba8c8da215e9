import { expect, it } from 'vitest';
import type { RunStatus, StepStatus } from '@/lib/runs/schema';
import { progressOf } from './progress';

const many = (status: StepStatus, count: number) =>
  Array.from({ length: count }, () => ({ status }));

it.each<[RunStatus, [StepStatus, number][], string]>([
  [
    'failed',
    [
      ['succeeded', 2],
      ['failed', 1],
      ['cancelled', 4],
    ],
    'failed at 3 of 7 steps',
  ],
  [
    'failed',
    [
      ['succeeded', 1],
      ['skipped', 1],
      ['failed', 1],
      ['cancelled', 1],
    ],
    'failed at 2 of 4 steps, 1 skipped',
  ],
  [
    'cancelled',
    [
      ['succeeded', 2],
      ['cancelled', 5],
    ],
    '2 of 7 steps',
  ],
  [
    'succeeded',
    [
      ['succeeded', 5],
      ['skipped', 2],
    ],
    '5 of 7 steps, 2 skipped',
  ],
  [
    'succeeded',
    [
      ['succeeded', 5],
      ['cancelled', 1],
    ],
    '6 of 6 steps',
  ],
  [
    'running',
    [
      ['succeeded', 1],
      ['running', 1],
      ['retrying', 1],
      ['pending', 1],
    ],
    '1 of 4 steps',
  ],
  ['queued', [['pending', 3]], '0 of 3 steps'],
])('counts what a %s run has done: %j', (status, steps, words) => {
  expect(
    progressOf(
      status,
      steps.flatMap(([state, count]) => many(state, count)),
    ),
  ).toBe(words);
});

import { expect, test } from 'vitest';
import type { StepView } from '@/lib/runs/contract';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { compareSteps, inputDifferences } from './compare';

const view = (id: string, output: unknown, more: Partial<StepView> = {}): StepView => ({
  ...{
    id,
    nodeId: id,
    key: id,
    name: id.toUpperCase(),
    type: 'transform',
    attempt: 1,
    tries: 1,
    output,
  },
  ...{ status: 'succeeded', startedAt: null, finishedAt: null },
  ...more,
});
const plan = (configs: Record<string, Record<string, unknown>>) =>
  ({
    steps: Object.entries(configs).map(([id, config]) => ({ id, config }) as unknown as PlanStep),
  }) as Plan;
const side = (steps: StepView[], configs = {}) => ({ run: { steps }, plan: plan(configs) });

test('tells what is the same from what gave something else, ended otherwise or was set otherwise', () => {
  const a = side(
    [view('a', { x: 1, y: 2 }), view('b', 1), view('c', 1), view('d', 1, { ports: ['yes'] })],
    { c: { prompt: 'short' } },
  );
  const b = side(
    [view('a', { y: 2, x: 1 }), view('b', 2), view('c', 1), view('d', 1, { ports: ['no'] })],
    { c: { prompt: 'long' } },
  );
  const rows = compareSteps(a, b);
  expect(rows.map(({ id, difference }) => [id, difference])).toEqual([
    ['a', 'same'],
    ['b', 'changed'],
    ['c', 'changed'],
    ['d', 'changed'],
  ]);
  expect(rows[2]?.settings).toEqual([{ name: 'prompt', a: 'short', b: 'long' }]);
});

test('steps that only one run has are there, those of the first run last', () => {
  const rows = compareSteps(
    side([view('old', 1), view('a', 1)]),
    side([view('a', 1), view('new', 1)]),
  );
  expect(rows.map(({ id, difference }) => [id, difference])).toEqual([
    ['a', 'same'],
    ['new', 'only-b'],
    ['old', 'only-a'],
  ]);
});

test('inputs differ by field', () => {
  expect(inputDifferences({ n: 1, m: 2 }, { n: 3, m: 2 })).toEqual([{ name: 'n', a: 1, b: 3 }]);
  expect(inputDifferences(undefined, {})).toEqual([]);
});

import { expect, test } from 'vitest';
import { laterTour, type Tour, tourSteps } from './tour';

const [first, other] = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
];
const on = (step: Tour['step'], workflowId = first): Tour => ({ state: 'on', step, workflowId });
const left: Tour = { state: 'left', step: 'run', workflowId: first };

test('a tour that was left stays so, in whatever order its requests come', () => {
  const sent = [...tourSteps.slice(0, 3).map((step) => on(step)), left];
  const all = permutations(sent);
  expect(all).toHaveLength(24);
  for (const order of all) {
    const [begun, ...rest] = order;
    const end = rest.reduce((tour, next) => laterTour(tour, next), begun ?? null);
    expect(end?.state).toBe('left');
  }
});

test('a step is not taken back, and a new tour begins anew', () => {
  expect(laterTour(on('run'), on('connect'))).toEqual(on('run'));
  expect(laterTour(left, on('add', other))).toEqual(on('add', other));
  expect(laterTour(null, on('add'))).toEqual(on('add'));
  expect(laterTour({ ...left, state: 'done' }, left)).toEqual(left);
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}

import { expect, it } from 'vitest';
import { planTask } from './plan-task';

it.each([
  ['Summarise this.\nIt is long.', 'Ann: Summarise this.'],
  ['\n  Two   words\n', 'Ann: Two words'],
  ['{\n  "order": 7\n}', 'Ann: { "order": 7 }'],
  ['x'.repeat(200), `Ann: ${'x'.repeat(79)}…`],
])('names a task after what it is about', (input, name) => {
  const { definition } = planTask({ agent: { handle: 'ann', name: 'Ann' }, input });
  expect(definition.name).toBe(name);
});

import { expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '../compile';
import { workflowLimits } from '../schema';
import { definition, node } from '../testing/draft-fixture';
import { pinProblems } from './pin-problems';

const pinned = (id: string, length: number) => ({
  ...node(id, { prompt: 'x' }, 'model'),
  pinnedOutput: 'x'.repeat(length - 2),
});

it('says which pin is too large, and when all are', () => {
  const most = workflowLimits.pinnedOutput;
  expect(pinProblems({ nodes: [pinned('a', most)] })).toEqual([]);
  expect(pinProblems({ nodes: [pinned('a', most + 1)] })).toMatchObject([{ nodeId: 'a' }]);
  const nodes = Array.from({ length: 33 }, (_, i) => pinned(`n${i}`, most));
  expect(pinProblems({ nodes })).toMatchObject([{ code: 'pins_too_large' }]);
});

it('a plan carries what is pinned, but not for a switch', () => {
  const cases = [{ id: 'a', label: 'A', condition: 'true' }];
  const plan = compile(
    definition({
      nodes: [
        { ...node('a', { prompt: 'x' }, 'model'), pinnedOutput: { text: 'hi' } },
        { ...node('s', { cases }, 'switch'), pinnedOutput: { text: 'hi' } },
        node('b', { prompt: 'x' }, 'model'),
      ],
    }),
    catalogue,
  );
  expect(plan.steps.map((step) => step.pinnedOutput)).toEqual([
    { text: 'hi' },
    undefined,
    undefined,
  ]);
});

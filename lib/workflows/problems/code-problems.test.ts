import { expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { definitionSchema } from '../schema';
import { findProblems } from './problems';

it('names steps and inputs that code reads and that are not there, and parses no code', () => {
  const found = findProblems(
    definitionSchema.parse({
      name: 'Code',
      nodes: [
        {
          ...{ id: 's', key: 's', type: 'start', name: 'S', position: { x: 0, y: 0 } },
          config: { inputs: [{ id: 'o', name: 'orders', type: 'text' }] },
        },
        {
          ...{ id: 'c', key: 'c', type: 'code', name: 'C', position: { x: 0, y: 0 } },
          config: { source: 'const { a } = input.order; return steps.gone.output ?? }{' },
        },
      ],
      edges: [{ id: 'e', source: 's', target: 'c' }],
    }),
    catalogue,
  );
  expect(found.map(({ code, path }) => [code, path?.join('.')])).toEqual([
    ['unknown_step', 'source'],
    ['unknown_input', 'source'],
  ]);
});

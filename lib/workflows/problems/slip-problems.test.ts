import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { definitionSchema } from '../schema';
import { findProblems } from './problems';

const node = (id: string, type: string, config: object, name = id) => ({
  ...{ id, key: id, type, name, position: { x: 0, y: 0 }, config },
});
const problemsOf = (type: string, config: object) =>
  findProblems(
    definitionSchema.parse({
      name: 'Made',
      nodes: [
        node('start', 'start', { inputs: [{ id: 'a', name: 'amount', type: 'number' }] }),
        node('read', 'transform', { expression: '[1]' }, 'Read orders'),
        node('own', type, config),
      ],
      edges: [
        { id: 'a', source: 'start', target: 'read' },
        { id: 'b', source: 'read', target: 'own' },
      ],
    }),
    catalogue,
  ).filter(({ nodeId }) => nodeId === 'own');

test('a slip is one problem with one sentence and the text as it was meant', () => {
  expect(problemsOf('transform', { expression: '$json.total = 5 and amount > 2' })).toEqual([
    {
      ...{ severity: 'error', code: 'invalid_expression', nodeId: 'own', path: ['expression'] },
      message: 'The output of a step is written steps.name.output.',
      fix: 'steps.read.output.total == 5 && input.amount > 2',
    },
  ]);
  expect(problemsOf('transform', { expression: '$node["Read orders"].json[0]' })).toMatchObject([
    { fix: 'steps.read.output[0]' },
  ]);
});

test('what can be read but is hardly meant so is a warning', () => {
  expect(problemsOf('transform', { expression: 'steps.read.output.length' })).toMatchObject([
    { severity: 'warning', fix: 'steps.read.output.size()' },
  ]);
  expect(problemsOf('model', { prompt: 'Sum of <read.output>' })).toMatchObject([
    { severity: 'warning', fix: 'Sum of {{ steps.read.output }}' },
  ]);
});

test('what was not filled in yet is told apart from what is wrong', () => {
  expect(problemsOf('model', {})).toMatchObject([{ path: ['prompt'], missing: true }]);
  expect(problemsOf('transform', { expression: '1 +' })[0]).not.toHaveProperty('missing');
});

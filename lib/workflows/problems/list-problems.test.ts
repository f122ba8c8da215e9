import { expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Definition } from '../schema';
import { findProblems } from './problems';

const node = (id: string, type: string, config: object) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 } },
  config: config as Definition['nodes'][number]['config'],
});
const edge = (source: string, target: string) => ({ id: source + target, source, target });

const definitionOf = (details: string, to: string): Definition => ({
  ...{ schema: 1, name: 'Orders', description: '' },
  nodes: [
    node('start', 'start', {
      inputs: [{ id: 'f', name: 'f', type: 'file', default: 'sample:orders' }],
    }),
    node('read', 'read-file', { file: '{{ input.f }}' }),
    node(
      'ask',
      to,
      to === 'approval'
        ? { question: 'Fine?', details }
        : { method: 'POST', url: 'https://example.com', body: details },
    ),
  ],
  edges: [edge('start', 'read'), edge('read', 'ask')].map((each) => ({
    ...each,
    sourcePort: 'out',
    targetPort: 'in',
  })),
});
const found = (details: string, to = 'approval') =>
  findProblems(definitionOf(details, to), catalogue).filter(({ code }) => code === 'raw_list');

it('tells of a list that people would read as JSON, and wraps it', () => {
  expect(found('Rows: {{ steps.read.output.rows }} and {{steps.read.output.rows}}')).toMatchObject([
    {
      ...{ severity: 'warning', nodeId: 'ask', path: ['details'] },
      fix: 'Rows: {{ table(steps.read.output.rows) }} and {{ table(steps.read.output.rows) }}',
    },
  ]);
});

it.each([
  '{{ table(steps.read.output.rows) }}',
  '{{ steps.read.output.rows.size() }}',
  '{{ json(steps.read.output.rows) }}',
  '{{ steps.read.output.rows[0].city }}',
  '{{ steps.read.output.text }}',
  '{{ steps.read.output.rows',
])('says nothing of %s', (details) => expect(found(details)).toEqual([]));

it('says nothing of a text for programs', () => {
  expect(found('{{ steps.read.output.rows }}', 'http')).toEqual([]);
});

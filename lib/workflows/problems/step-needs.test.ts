import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { definitionSchema } from '../schema';
import { stepNeeds } from './step-needs';

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const edge = (source: string, target: string) => ({
  ...{ id: `${source}-${target}`, source, sourcePort: 'out', target, targetPort: 'in' },
});
const definition = definitionSchema.parse({
  name: 'Made',
  nodes: [
    node('start', 'start', { inputs: [] }),
    node('read', 'transform', { expression: '[1]' }),
    node('call', 'http', { url: 'https://x.test/{{ steps.read.output }}?q=input', method: 'GET' }),
    node('each', 'map', { items: 'steps.read.output' }),
    node(
      'say',
      'model',
      { prompt: 'The item {{ item.name }} of {{ input.who }}' },
      { group: 'each' },
    ),
    node('join', 'join', {}),
  ],
  edges: [edge('start', 'read'), edge('read', 'call'), edge('call', 'each'), edge('each', 'join')],
});
const needs = (id: string) => stepNeeds(definition, catalogue, id);

test('a step needs what its expressions name, and says what it does outside', () => {
  expect(needs('call')).toEqual({
    ...{ steps: ['read'], input: false, names: [] },
    outward: ['This sends a real request.'],
  });
  expect(needs('read')).toEqual({ steps: [], input: false, names: [], outward: [] });
});

test('inside a container it needs the item; the container needs what its steps need from outside', () => {
  expect(needs('say')).toMatchObject({ steps: [], input: true, names: ['item'] });
  expect(needs('each')).toMatchObject({
    ...{ steps: ['read'], input: true, names: [] },
    outward: ['This calls a model, which may cost money.'],
  });
});

test('a join needs what leads to it', () => {
  expect(needs('join')).toMatchObject({ steps: ['each'] });
});

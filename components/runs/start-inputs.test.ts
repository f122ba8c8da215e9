import { expect, it } from 'vitest';
import type { Graph } from '@/lib/canvas/graph';
import { initialInput, inputFields, inputProblems } from '@/lib/nodes/forms/run-inputs';
import { inputsOf } from './start-inputs';

const graph = (inputs: unknown): Graph => ({
  name: '',
  description: '',
  edges: new Map(),
  groups: new Map(),
  notes: new Map(),
  nodes: new Map([
    [
      's',
      {
        id: 's',
        key: 'start',
        type: 'start',
        name: 'Start',
        position: { x: 0, y: 0 },
        config: { inputs: inputs as never },
      },
    ],
  ]),
});

it('asks for what the start node declares', () => {
  const inputs = inputsOf(
    graph([
      { id: 'a', name: 'topic', type: 'text', required: true, default: '', description: 'About' },
      { id: 'b', name: 'count', type: 'number', default: '3' },
      { id: 'c', name: '', type: 'text' },
    ]),
  );
  expect(inputFields(inputs).map((field) => [field.name, field.control.kind])).toEqual([
    ['topic', 'shared-text'],
    ['count', 'number'],
  ]);
  expect(initialInput(inputs)).toEqual({ count: 3 });
  expect(inputProblems(inputs, {})).toHaveLength(1);
  expect(inputProblems(inputs, { topic: 'x' })).toEqual([]);
});

it('asks for nothing without a start, or with a broken one', () => {
  expect(inputsOf({ ...graph([]), nodes: new Map() })).toEqual([]);
  expect(inputsOf(graph('nonsense'))).toEqual([]);
});

import { expect, it } from 'vitest';
import type { RunState, StepState } from '@/lib/runs/schema';
import { edgeStateOf } from './edge-state';

function run(steps: Record<string, Partial<StepState>>): RunState {
  return {
    plan: {
      schema: 1,
      name: 'x',
      timeoutMs: 1,
      outputs: [],
      steps: Object.keys(steps).map((id) => ({ id: `step-${id}`, nodeId: id })),
    },
    steps: Object.fromEntries(Object.entries(steps).map(([id, step]) => [`step-${id}`, step])),
  } as unknown as RunState;
}

it('follows what the run did', () => {
  const state = run({
    choice: { status: 'succeeded', ports: ['yes'] },
    a: { status: 'running' },
    b: { status: 'skipped' },
    c: { status: 'pending' },
  });
  expect(edgeStateOf(state, 'choice', 'yes', 'a')).toBe('flowing');
  expect(edgeStateOf(state, 'choice', 'yes', 'c')).toBe('taken');
  expect(edgeStateOf(state, 'choice', 'no', 'b')).toBe('dead');
  expect(edgeStateOf(state, 'b', 'out', 'c')).toBe('dead');
  expect(edgeStateOf(state, 'a', 'out', 'c')).toBe('idle');
  expect(edgeStateOf(state, 'newer', 'out', 'c')).toBe('idle');
  expect(edgeStateOf(undefined, 'a', 'out', 'c')).toBe('idle');
});

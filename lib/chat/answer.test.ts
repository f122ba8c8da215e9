import { describe, expect, it, test } from 'vitest';
import { initialState } from '@/lib/runs/plan';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { answerSoFar, answerText, progressOf } from './answer';

test.each([
  [{ text: 'hello', agent: 'analyst' }, 'hello'],
  ['hello', 'hello'],
  [undefined, ''],
  [null, ''],
  [{ total: 3 }, '```json\n{\n  "total": 3\n}\n```'],
  [42, '```json\n42\n```'],
  [{ report: { format: 'markdown', text: '# R' } }, '# R'],
  [{ decision: 'approved', by: 'Ana', comment: '', values: {} }, 'Approved by Ana.'],
  [
    { decision: 'rejected', by: 'Ana', comment: 'Too dear', values: {} },
    'Rejected by Ana: Too dear',
  ],
  [{ a: { text: 'One.' }, b: { text: 'Two.' } }, 'One.\n\nTwo.'],
  [
    { $blob: { hash: 'a'.repeat(64), characters: 90_000, kind: 'text', preview: 'Once' } },
    'Once…\n\n*This answer is long: see the run.*',
  ],
])('the answer in %j is %j', (output, text) => {
  expect(answerText(output)).toBe(text);
});

const step = (id: string, type: string, ...from: string[]): PlanStep =>
  ({
    id,
    nodeId: id,
    key: id,
    name: id.toUpperCase(),
    type,
    kind: 'task',
    config: {},
    ports: ['out'],
    policy: {},
    incoming: from.map((one) => ({ from: one, port: 'out' })),
  }) as unknown as PlanStep;

const plan: Plan = {
  schema: 1,
  timeoutMs: 1_000,
  name: 'P',
  steps: [
    step('start', 'start'),
    step('think', 'agent', 'start'),
    step('write', 'agent', 'think'),
    step('out', 'output', 'write'),
  ],
  outputs: ['out'],
};

describe('while an answer is made', () => {
  it('only the text that becomes it is shown', () => {
    expect(answerSoFar(plan, { think: 'Hm.', write: 'Dear' })).toBe('Dear');
    expect(answerSoFar({ ...plan, outputs: ['think'] }, { think: 'Hm.' })).toBe('Hm.');
    expect(answerSoFar(plan, {})).toBe('');
  });
  it('its steps are counted without the start', () => {
    const state = initialState(plan, { mode: 'live', input: {}, now: 0 });
    const steps = { ...state.steps };
    steps.think = { ...steps.think, status: 'succeeded', attempt: 1 } as NonNullable<
      typeof steps.think
    >;
    steps.write = { ...steps.write, status: 'running', attempt: 1 } as NonNullable<
      typeof steps.write
    >;
    expect(progressOf({ plan, steps })).toEqual({
      done: 1,
      total: 3,
      begun: [
        { id: 'think', name: 'THINK', status: 'succeeded' },
        { id: 'write', name: 'WRITE', status: 'running' },
      ],
    });
  });
  it.each([
    [{ decision: 'approved', by: 'Ana' }, 'Approved by Ana'],
    [{ decision: 'rejected', by: '' }, 'Rejected'],
    [{ decision: 'expired' }, undefined],
    [undefined, undefined],
  ])('what people decided is said of a step that asked them: %j', (output, decided) => {
    const asks = { ...plan, steps: [step('ask', 'approval')], outputs: ['ask'] };
    const { steps } = initialState(asks, { mode: 'live', input: {}, now: 0 });
    const ask = { ...steps.ask, status: 'succeeded' as const, attempt: 1, output };
    const [shown] = progressOf({ plan: asks, steps: { ask } }).begun;
    expect(shown?.decided).toBe(decided);
  });
});

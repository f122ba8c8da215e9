import { expect, test } from 'vitest';
import { planTurn } from '@/lib/chat/plan-turn';
import { evaluate } from '@/lib/expressions/evaluate';
import { render } from '@/lib/expressions/render';
import type { NodeContext } from '../node-type/define-node';
import agent from './agent';
import { readHistory } from './history';

const history = [
  { role: 'user' as const, content: 'one {{ 1 + 1 }}' },
  { role: 'assistant' as const, content: 'two' },
];

test('the agent of a chat turn hands the history and the text to the model as they were written', async () => {
  const turn = planTurn({
    agent: { handle: 'analyst', name: 'Analyst' },
    history,
    text: 'three {{ steps.x }} "quoted"',
  });
  const node = turn.definition.nodes[0];
  const scope = { input: turn.input, steps: {}, run: { id: 'r', mode: 'live', startedAt: '' } };
  const asked: Parameters<NodeContext['model']>[0][] = [];
  const context = {
    evaluate: (expression: string) => evaluate(expression, scope),
    render: (template: string) => render(template, scope),
    agent: async () => ({
      handle: 'analyst',
      name: 'Analyst',
      instructions: 'Help.',
      model: 'auto',
    }),
    model: async (request: (typeof asked)[number]) => {
      asked.push(request);
      return { text: 'four', provider: 'p', model: 'm', rehearsed: false, reason: 'why' };
    },
  } as unknown as NodeContext;
  if (agent.kind !== 'task') throw new Error('an agent is a task');
  const output = await agent.run(context, agent.config.parse(node?.config));
  expect(asked[0]?.messages).toEqual([
    ...history,
    { role: 'user', content: 'three {{ steps.x }} "quoted"' },
  ]);
  expect(output).toMatchObject({ text: 'four' });
});

test.each([[null], [undefined], [[]]])('%j is an empty history', (value) => {
  expect(readHistory(value)).toEqual({ messages: [] });
});

test('what a turn of a chat leaves out is told to whoever asks the model', async () => {
  const long = Array.from({ length: 40 }, (_, at) => ({
    role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content: `${at} ${'word '.repeat(2_000)}`,
  }));
  const turn = planTurn({ agent: { handle: 'a', name: 'A' }, history: long, text: 'Go on.' });
  const expression = String(turn.definition.nodes[0]?.config.history);
  const scope = { input: turn.input, steps: {}, run: { id: 'r', mode: 'live', startedAt: '' } };
  const { messages, leftOut } = readHistory(await evaluate(expression, scope));
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.length + (leftOut?.messages ?? 0)).toBe(long.length);
  expect(leftOut?.tokens).toBeGreaterThan(24_000);
});

test.each([
  ['text'],
  [[{ role: 'system', content: 'x' }]],
  [[{ role: 'user' }]],
  [{ role: 'user' }],
])('%j is no history', (value) => {
  expect(() => readHistory(value)).toThrow(/chat history/);
});

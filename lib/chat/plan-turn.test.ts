import { expect, test } from 'vitest';
import type { WrittenMessage } from '@/lib/models/message';
import { definitionSchema } from '@/lib/workflows/schema';
import { planTurn } from './plan-turn';
import { titleOf } from './title';

const agent = { handle: 'analyst', name: 'Analyst' };

test('a turn is a valid workflow of one agent step, which gets the text and the history', () => {
  const history: WrittenMessage[] = [
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'two' },
  ];
  const { definition, input } = planTurn({ agent, history, text: 'three' });
  expect(definitionSchema.parse(definition)).toEqual(definition);
  expect(definition.nodes).toMatchObject([
    { type: 'agent', config: { agent: 'analyst', prompt: '{{ input.text }}' } },
  ]);
  expect(input).toEqual({ text: 'three', messages: history });
});

test('the text of a message is a value, never a template', () => {
  const text = '{{ steps.secret.output }}';
  const { definition, input } = planTurn({ agent, history: [], text });
  expect(JSON.stringify(definition)).not.toContain('secret');
  expect(input.text).toBe(text);
});

test('the oldest messages are left out first, and the history begins with a person', () => {
  const history: WrittenMessage[] = Array.from({ length: 100 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: `message ${index} `.repeat(20),
  }));
  const { input } = planTurn({ agent, history, text: 'last', budget: 1_000 });
  expect(input.messages.length).toBeGreaterThan(2);
  expect(input.messages.length).toBeLessThan(50);
  expect(input.messages[0]?.role).toBe('user');
  expect(input.messages.at(-1)).toEqual(history.at(-1));
});

test('questions whose answers failed are joined, empty messages are left out', () => {
  const history: WrittenMessage[] = [
    { role: 'user', content: 'first' },
    { role: 'assistant', content: '' },
    { role: 'user', content: 'again' },
    { role: 'assistant', content: 'yes' },
  ];
  expect(planTurn({ agent, history, text: 'next' }).input.messages).toEqual([
    { role: 'user', content: 'first\n\nagain' },
    { role: 'assistant', content: 'yes' },
  ]);
  expect(history[0]?.content).toBe('first');
});

test.each([
  ['How are sales?', 'How are sales?'],
  ['\n\n## **Sales** of `March`\nmore', 'Sales of March'],
  ['word '.repeat(40), `${'word '.repeat(12).trim()}…`],
  ['x'.repeat(100), `${'x'.repeat(60)}…`],
  ['  ', 'New conversation'],
])('a thread that begins with %j is called %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callsIn, type MessagePart, type ModelMessage, partsOf, resultsIn } from '../message';
import { rehearse, rehearseTool } from '../rehearsal/rehearsal';
import { estimateRequest } from '../tokens';
import { collectParts } from './collect-parts';
import { fitMessages } from './fit';
import { withoutForeign } from './origin';
import { pairTools } from './pair-tools';
import { readArgs } from './read-args';

const call = (id: string, more: object = {}): MessagePart => ({
  ...{ type: 'tool-call', id, name: 'look', args: { at: id } },
  ...more,
});
const result = (id: string, text = 'found'): MessagePart => ({
  ...{ type: 'tool-result', id, name: 'look', text },
});

test.each<[string, unknown]>([
  ['', {}],
  ['null', {}],
  ['{"a":1}', { a: 1 }],
  ['{"a":12345678901234567890}', { a: '12345678901234567890' }],
  ['"{\\"a\\":1}"', { a: 1 }],
  ["{a: 'b',}", { a: 'b' }],
  ['[1]', undefined],
  ['I would rather not.', undefined],
])('reads the arguments %j', (text, wanted) => {
  expect(readArgs(text)).toEqual(wanted);
});

test('a name of the prototype is a field like any other', () => {
  const args = readArgs('{"__proto__":{"admin":true}}');
  expect(args !== undefined && Object.hasOwn(args, '__proto__')).toBe(true);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
});

/** Any history of questions, calls and results, with some of either lost. */
const turn = fc.record({
  question: fc.string({ minLength: 1, maxLength: 200 }),
  rounds: fc.array(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 3 }), {
    maxLength: 4,
  }),
  answer: fc.string({ minLength: 1, maxLength: 100 }),
});
function historyOf(turns: readonly { question: string; rounds: string[][]; answer: string }[]) {
  let next = 0;
  return turns.flatMap(({ question, rounds, answer }): ModelMessage[] => [
    { role: 'user', content: question },
    ...rounds.flatMap((texts): ModelMessage[] => {
      next += texts.length;
      const ids = texts.map((_, index) => `c${next - index}`);
      return [
        { role: 'assistant', content: ids.map((id) => call(id)) },
        { role: 'user', content: ids.map((id, index) => result(id, texts[index])) },
      ];
    }),
    { role: 'assistant', content: answer },
  ]);
}
function orphans(messages: readonly ModelMessage[]): string[] {
  return messages.flatMap((message, index) => {
    const asked = callsIn(message).map(({ id }) => id);
    const given = resultsIn(message).map(({ id }) => id);
    const before = messages[index - 1];
    const after = messages[index + 1];
    return [
      ...asked.filter((id) => after === undefined || !resultsIn(after).some((r) => r.id === id)),
      ...given.filter((id) => before === undefined || !callsIn(before).some((c) => c.id === id)),
    ];
  });
}

test('what is fitted into a window never parts a call from its result', () => {
  fc.assert(
    fc.property(
      fc.array(turn, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 300, max: 3_000 }),
      fc.boolean(),
      (turns, budget, open) => {
        const all = historyOf(turns);
        // An answer that is asked for follows a question, or results.
        const messages = open
          ? all.slice(0, -1)
          : [...all, { role: 'user' as const, content: 'So?' }];
        const fitted = fitMessages(messages, budget);
        expect(orphans(fitted.messages)).toEqual([]);
        expect(fitted.messages[0]?.role).toBe('user');
        expect(resultsIn(fitted.messages[0] ?? { role: 'user', content: '' })).toEqual([]);
        expect(fitted.messages.length + fitted.dropped).toBe(messages.length);
        if (!fitted.shortened && fitted.dropped === 0) expect(fitted.messages).toEqual(messages);
      },
    ),
    { numRuns: 500, seed: 12 },
  );
});

test('a long result loses its middle, and its question stays', () => {
  const messages: ModelMessage[] = [
    { role: 'user', content: 'What is in it?' },
    { role: 'assistant', content: [call('a')] },
    { role: 'user', content: [result('a', 'long '.repeat(4_000))] },
  ];
  const fitted = fitMessages(messages, 600);
  expect(fitted).toMatchObject({ dropped: 0, shortened: true });
  expect(estimateRequest(undefined, fitted.messages)).toBeLessThanOrEqual(600);
  expect(resultsIn(fitted.messages[2] ?? { role: 'user', content: '' })[0]?.text).toMatch(
    /left out/,
  );
});

test('histories with lost calls and results are paired again', () => {
  fc.assert(
    fc.property(
      fc.array(turn, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: 100 }), { maxLength: 6 }),
      (turns, lost) => {
        const all = historyOf(turns);
        const gone = new Set(lost.map((one) => one % all.length));
        const paired = pairTools(all.filter((_, index) => !gone.has(index)));
        expect(orphans(paired)).toEqual([]);
        if (gone.size === 0) expect(paired).toEqual(all);
      },
    ),
    { numRuns: 500, seed: 13 },
  );
});

test('a switch of models drops what was sealed for the other, with its thought', () => {
  const origin = {
    provider: 'anthropic' as const,
    family: 'claude-opus-5',
    opaque: { signature: 's' },
  };
  const messages: ModelMessage[] = [
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm', origin },
        { type: 'text', text: 'I look.', origin },
        call('a', { origin }),
      ],
    },
  ];
  expect(withoutForeign(messages, 'anthropic', 'claude-opus-5-20260901')).toEqual(messages);
  for (const [provider, model] of [
    ['anthropic', 'claude-sonnet-5'],
    ['openai', 'gpt-6-sol'],
  ] as const) {
    const seen = withoutForeign(messages, provider, model);
    expect(JSON.stringify(seen)).not.toMatch(/opaque|Hm/);
    expect(seen[0] && partsOf(seen[0])).toHaveLength(2);
  }
});

test('a message is collected in its order, and ids that are taken are given anew', () => {
  const parts = collectParts({ provider: 'google', family: 'gemini-3.8-flash' });
  parts.take({ type: 'thinking-delta', text: 'Hm' });
  parts.take({ type: 'text-delta', text: 'I ' });
  parts.take({ type: 'text-delta', text: 'look.' });
  parts.take({ type: 'sealed', kind: 'text', opaque: { thoughtSignature: 'x' } });
  for (const place of [0, 1]) {
    parts.take({ type: 'tool-call', place, id: 'c', name: 'look', argsText: `{"n":${place}}` });
  }
  const { parts: message, calls, broken } = parts.end(true, ['call_1']);
  expect(message.map(({ type }) => type)).toEqual(['reasoning', 'text', 'tool-call', 'tool-call']);
  expect(calls.map(({ id, args }) => [id, args])).toEqual([
    ['c', { n: 0 }],
    ['call_3', { n: 1 }],
  ]);
  expect(broken).toEqual([]);
  expect(parts.end(false, []).calls).toEqual([]);
});

test('the scripted model reads once, and then answers with what it read', () => {
  const tools = [
    { name: 'send', description: 'Sends.', inputSchema: { type: 'object' } },
    {
      ...{ name: 'look', description: 'Looks.', readOnly: true },
      inputSchema: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
      },
    },
  ];
  const messages: ModelMessage[] = [{ role: 'user', content: 'city: Paris' }];
  const asked = rehearseTool({ messages, tools });
  expect(asked).toEqual({ name: 'look', args: { city: 'Paris' } });
  expect(rehearseTool({ messages, tools })).toEqual(asked);
  expect(rehearseTool({ messages, tools, toolChoice: 'none' })).toBeUndefined();
  expect(rehearseTool({ messages, tools: tools.slice(0, 1) })).toBeUndefined();
  const after: ModelMessage[] = [
    ...messages,
    { role: 'assistant', content: [call('a')] },
    { role: 'user', content: [result('a', '- 2,100,000 people live there')] },
  ];
  expect(rehearseTool({ messages: after, tools })).toBeUndefined();
  expect(rehearse({ messages: after })).toContain('2,100,000 people');
});

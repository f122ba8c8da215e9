import { expect, test } from 'vitest';
import type { OfferedTool, SettledCall } from '../call';
import { findTool } from './find-tool';
import { offering } from './offer';
import { corpus } from './testing/corpus';
import { questions } from './testing/questions';

const tool = (name: string, title: string, description: string): OfferedTool => ({
  ...{ name, title, description, effect: 'read', print: name },
  inputSchema: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'The identifier of what this is about.' },
      text: { type: 'string', description: 'The content, as plain text or Markdown.' },
      limit: { type: 'integer', minimum: 1, maximum: 100, description: 'How many at most.' },
    },
    required: ['id'],
  },
});
const finder = tool(findTool, 'Find tools', 'Finds tools.');
const own = Array.from(
  { length: 14 },
  (_, at): OfferedTool => ({
    ...tool(`own_${at}`, `Own ${at}`, 'Does something of the product.'),
    always: true,
  }),
);
const all = [
  ...own,
  ...corpus.map(({ name, title, description }) => tool(name, title, description)),
  finder,
];
const tokensOf = (tools: readonly OfferedTool[]) =>
  Math.ceil(
    JSON.stringify(
      tools.map(({ name, description, inputSchema }) => [name, description, inputSchema]),
    ).length / 4,
  );
const used = (name: string) => ({
  turn: { calls: [{ callId: 'c', name, args: {} }] },
  results: [{ state: 'done', result: 'ok' } satisfies SettledCall],
});
const found = (names: readonly string[]) => ({
  turn: { calls: [{ callId: 'c', name: findTool, args: {} }] },
  results: [
    {
      state: 'done',
      result: JSON.stringify({ tools: names.map((name) => ({ name, title: name })) }),
    } satisfies SettledCall,
  ],
});

test('tells of few tools in full, and of many what fits in 5 % of a window of 32,000 tokens', () => {
  const few = [...own, finder];
  expect(offering(few, 'Do it.')([])).toEqual(own);
  const before = tokensOf(all);
  const sizes = questions.map(({ words }) => tokensOf(offering(all, words)([])));
  const most = Math.max(...sizes);
  process.stdout.write(
    `tool definitions in the first turn: ${before} tokens with all ${all.length} tools, at most ${most} offered (${questions.length} tasks)\n`,
  );
  expect(most).toBeLessThanOrEqual(32_000 * 0.05);
});

test('what the words of the task need is often there at once, and what is found is there from then on', () => {
  const offer = offering(all, 'Refund the payment of a customer.');
  const names = offer([]).map(({ name }) => name);
  expect(names).toContain('mcp_stripe_refund_payment');
  expect(names).toContain(findTool);
  expect(names).not.toContain('mcp_slack_post_message');
  const later = offer([found(['mcp_slack_post_message', 'mcp_nobody_has_it'])]);
  expect(later.map(({ name }) => name)).toEqual([...names, 'mcp_slack_post_message']);
  expect(later.find(({ name }) => name === findTool)?.description).toContain('414 tools');
});

test('of a hundred found or used the latest stay, and a result that is no list adds nothing', () => {
  const offer = offering(all, 'Do it.');
  const past = corpus.slice(0, 100).map(({ name }) => used(name));
  const names = offer(past).map(({ name }) => name);
  expect(names.slice(-20)).toEqual(corpus.slice(80, 100).map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  const odd = ['no JSON', '[]', '{"tools":7}', '{"tools":[null,{"name":4}]}'].map((result) => ({
    turn: { calls: [{ callId: 'c', name: findTool, args: {} }] },
    results: [{ state: 'done', result } satisfies SettledCall],
  }));
  expect(offer(odd)).toEqual(offer([]));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelMessage } from '@/lib/models/message';
import { listPrice } from '@/lib/models/price';
import type { ProviderId } from '@/lib/models/schema';
import { hashText, seeded } from '@/lib/models/seed';
import { kindsOf } from '@/lib/models/usage';
import { createEgress, type Egress } from '@/server/egress/client';
import { answer } from '../../calls/answer';
import { openVendor } from '../../providers/vendor';
import { noLimits, nowherePlace, unlimitedLedger } from '../unlimited';
import { startTwin, type Twin } from './twin';

let egress: Egress;
let twin: Twin;
beforeAll(async () => {
  twin = await startTwin({ seed: 20_261_130 });
  egress = createEgress({ egressAllow: [{ host: '127.0.0.1', port: twin.port }] });
});
afterAll(async () => {
  await egress.close();
  await twin.close();
});

const bases: Partial<Record<ProviderId, string>> = { anthropic: '', google: '' };
const models: readonly (readonly [ProviderId, string])[] = [
  ['openai', 'gpt-6-sol'],
  ['openai', 'gpt-6-luna'],
  ['openai', 'gpt-4.1'],
  ['anthropic', 'claude-opus-5'],
  ['anthropic', 'claude-sonnet-5-5'],
  ['google', 'gemini-3.8-flash'],
  ['google', 'gemini-2.5-flash'],
  ['compatible', 'deepseek-twin'],
  ['compatible', 'local-twin'],
  ['ollama', 'local-twin'],
];
const tools = ['look', 'count', 'send'].map((name) => ({
  ...{ name, description: `Does ${name}.` },
  inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
}));

const log = { warn: () => undefined };
const computation = { run: () => Promise.reject(new Error('no thread')) };

/** One call of a model at the twin, and what the ledger was told of it. */
async function call(provider: ProviderId, model: string, messages: ModelMessage[]) {
  const { ledger, calls } = unlimitedLedger();
  const access = {
    key: 'k',
    baseUrl: `${twin.origin}${bases[provider] ?? '/v1'}`,
    fetch: egress.fetch(),
  };
  const opened = openVendor(provider, access);
  if (opened === undefined) throw new Error(provider);
  const said = await answer(
    { log, computation, idleMs: 10_000, ledger, limits: noLimits },
    {
      choice: {
        provider,
        model,
        reason: '',
        decision: { policy: 'auto', reason: '', candidates: [] },
      },
      opened: { provider: opened, secret: 'k' },
      price: listPrice(provider, model),
    },
    {
      ...{ workspaceId: 'w', place: nowherePlace, mode: 'live', policy: 'auto' },
      ...{ messages, tools, signal: AbortSignal.timeout(20_000) },
    },
  );
  return { said, end: calls[0]?.end };
}

/** A conversation of questions, tools and answers; a switch of models comes anywhere. */
async function converse(own: (typeof models)[number], seed: number, switches: boolean) {
  const random = seeded(hashText(`${own} ${seed}`));
  const messages: ModelMessage[] = [];
  let [switched, rounds] = [0, 0];
  for (let turn = 0; turn < 2; turn += 1) {
    messages.push({ role: 'user', content: `Question ${turn} of ${seed}` });
    for (let round = 0; round < 5; round += 1) {
      const other = switches && random() < 0.3;
      const [provider, model] = (other && models[Math.floor(random() * models.length)]) || own;
      if (other) switched += 1;
      const { said, end } = await call(provider, model, messages);
      const billed = twin.bill.at(-1);
      if (end === undefined || billed === undefined) throw new Error('nothing was billed');
      const { fresh, read, write, text, thought } = billed;
      expect({ model: billed.model, kinds: kindsOf(end), cost: end.cost }).toEqual({
        model,
        kinds: { fresh, cacheRead: read, cacheWrite: write, text, reasoning: thought },
        cost: billed.pico,
      });
      messages.push({ role: 'assistant', content: said.parts });
      if (said.toolCalls.length === 0) break;
      rounds += 1;
      messages.push({
        role: 'user',
        content: said.toolCalls.map(({ id, name, args }) => ({
          ...{ type: 'tool-result', id, name, text: JSON.stringify(args) },
          ...(random() < 0.2 ? { error: true } : {}),
        })),
      });
    }
  }
  return { switched, rounds };
}

const vendors = ['openai', 'anthropic', 'google', 'compatible', 'ollama'] as const;
const loops = Number(process.env.TWIN_LOOPS ?? 30);

test.each(vendors)(
  '%s: loops of tools are never refused, and the ledger is the bill',
  { timeout: 300_000 },
  async (vendor) => {
    const before = twin.bill.length;
    const own = models.filter(([provider]) => provider === vendor);
    let [switched, rounds] = [0, 0];
    for (let seed = 0; seed < loops; seed += 1) {
      const model = own[seed % own.length];
      if (model === undefined) throw new Error(vendor);
      const done = await converse(model, seed, seed % 2 === 1);
      switched += done.switched;
      rounds += done.rounds;
    }
    expect(twin.refusals).toEqual([]);
    expect(rounds).toBeGreaterThan(loops);
    expect(switched).toBeGreaterThan(loops / 4);
    const paid = twin.bill.slice(before).filter(({ pico }) => pico > 0n).length;
    process.stdout.write(
      `${vendor}: ${twin.bill.length - before} calls (${paid} paid), ${rounds} rounds of tools, ${switched} switches
`,
    );
  },
);

test('what was sealed for one vendor reached no other', () => {
  // Every seal is 44 characters of base64; none of another model's may stand in a request.
  const of = new Map<string, Set<string>>();
  for (const { model, body } of twin.asked) {
    for (const [seal] of body.matchAll(/[A-Za-z0-9+/]{43}=/g)) {
      of.set(seal, (of.get(seal) ?? new Set()).add(model));
    }
  }
  expect(of.size).toBeGreaterThan(loops);
  expect([...of.values()].filter((names) => names.size > 1)).toEqual([]);
});

test('it refuses as the vendors do', async () => {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${twin.origin}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const tool = [{ type: 'function', function: { name: 'f', parameters: {} } }];
  const user = { role: 'user', content: 'hi' };
  expect(
    await post('/v1/chat/completions', { model: 'gpt-6-sol', messages: [user], tools: tool }),
  ).toMatchObject({ status: 400, text: expect.stringContaining('/v1/responses') });
  expect(
    await post('/v1/chat/completions', { model: 'gpt-6-sol', messages: [user], max_tokens: 9 }),
  ).toMatchObject({ status: 400, text: expect.stringContaining('max_completion_tokens') });
  expect(await post('/v1/messages', { model: 'claude-opus-5', messages: [user] })).toMatchObject({
    status: 400,
    text: expect.stringContaining('max_tokens'),
  });
  const orphan = {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: 'x', content: '' }],
  };
  expect(
    await post('/v1/messages', { model: 'claude-opus-5', max_tokens: 9, messages: [orphan] }),
  ).toMatchObject({ status: 400 });
  const output = { type: 'function_call_output', call_id: 'x', output: '' };
  expect(await post('/v1/responses', { model: 'gpt-6-sol', input: [output] })).toMatchObject({
    status: 400,
  });
  const edited = { type: 'thinking', thinking: 'Hm', signature: 'made up' };
  expect(
    await post('/v1/messages', {
      model: 'claude-opus-5',
      max_tokens: 9,
      messages: [user, { role: 'assistant', content: [edited] }, user],
    }),
  ).toMatchObject({ status: 400, text: expect.stringContaining('signature') });
});

test('it follows a script: refusals with headers, cuts, and any borders of pieces', async () => {
  const ask = () => call('anthropic', 'claude-opus-5', [{ role: 'user', content: 'Once more.' }]);
  twin.script({
    status: 429,
    headers: { 'retry-after': '7' },
    body: { error: { message: 'Slow down.' } },
  });
  await expect(ask()).rejects.toMatchObject({ code: 'model_rate_limited', retryAfterMs: 7_000 });
  twin.script({ cutAfter: 300 });
  await expect(ask()).rejects.toMatchObject({ code: 'model_broke_off', retryable: true });
  twin.script({ chunk: 3 });
  expect((await ask()).said.parts.length).toBeGreaterThan(0);
});

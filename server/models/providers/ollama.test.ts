import { afterAll, afterEach, expect, test } from 'vitest';
import { listPrice } from '@/lib/models/price';
import type { ModelProvider } from '@/lib/models/schema';
import type { StepError } from '@/lib/nodes/node-type/define-node';
import { createComputation } from '@/server/computation/computation';
import { createEgress, type Egress } from '@/server/egress/client';
import { chosen, noLimits, nowherePlace, unlimitedLedger } from '@/server/models/testing/unlimited';
import { answer } from '../calls/answer';
import { lines } from '../testing/recorded/stream-case';
import { serveStreams } from '../testing/stream-server';
import { openVendor } from './vendor';

type Twin = {
  /** Tokens that the model takes; absent: nothing is said of it. */
  most?: number;
  /** The window that it really has, whatever is asked for, and whether it owns up to it. */
  real?: number;
  tells?: boolean;
  /** It speaks the compatible protocol alone. */
  compatible?: boolean;
};
type Sent = { messages: { content: string }[]; options?: { num_ctx?: number } };

const log = { warn: () => undefined, error: () => undefined };
const computation = createComputation({ log });
afterAll(() => computation.close());

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) void one.close();
});

/** An Ollama with four letters to a token, which forgets what does not fit its window, as the real one does. */
async function twin({ most, real, tells, compatible }: Twin) {
  const asked: Sent[] = [];
  const server = await serveStreams((response, { path, body }) => {
    if (path === '/v1/chat/completions') {
      const choices = [{ delta: { content: 'compatible' }, finish_reason: 'stop' }];
      const usage = {
        prompt_tokens: Math.min(Math.ceil(body.length / 4), 4_096),
        completion_tokens: 1,
      };
      return void response.end(`data: ${JSON.stringify({ choices, usage })}\n\n`);
    }
    if (compatible) return void response.writeHead(404).end('404 page not found');
    if (path === '/api/show') {
      const known = most === undefined ? {} : { 'llama.context_length': most };
      return void response.end(JSON.stringify({ model_info: known, capabilities: [] }));
    }
    const sent = asked.at(-1);
    const window = real ?? sent?.options?.num_ctx ?? 4_096;
    if (path === '/api/ps') {
      const loaded = sent && tells ? [{ name: 'm:latest', context_length: window }] : [];
      return void response.end(JSON.stringify({ models: loaded }));
    }
    const now = JSON.parse(body) as Sent;
    asked.push(now);
    const size = real ?? now.options?.num_ctx ?? 4_096;
    const length = now.messages.reduce((sum, { content }) => sum + content.length, 0);
    const counted = Math.min(Math.ceil(length / 4), size);
    response.end(
      lines(
        { message: { content: 'Read.' }, done: false },
        { done: true, done_reason: 'stop', prompt_eval_count: counted, eval_count: 2 },
      ),
    );
  });
  const egress: Egress = createEgress({ egressAllow: [{ host: '127.0.0.1', port: server.port }] });
  open.push(server, egress);
  const provider = openVendor('ollama', {
    ...{ key: '', baseUrl: `${server.origin}/v1`, fetch: egress.fetch() },
  });
  if (provider === undefined) throw new Error('no provider');
  const ask = (...contents: string[]) => askAs('ollama', provider, ...contents);
  const askAs = (kind: 'ollama' | 'compatible', on: ModelProvider, ...contents: string[]) =>
    answer(
      { log, computation, ledger: unlimitedLedger().ledger, limits: noLimits },
      {
        choice: chosen(kind, 'It is here.'),
        opened: { provider: on, secret: '' },
        price: listPrice(kind, 'm'),
      },
      {
        ...{ workspaceId: 'w', place: nowherePlace, mode: 'live', policy: 'auto' },
        signal: new AbortController().signal,
        messages: contents.map((content) => ({ role: 'user', content })),
      },
    ).catch((error: StepError) => error);
  const compatibly = openVendor('compatible', {
    ...{ key: '', baseUrl: `${server.origin}/v1`, fetch: egress.fetch() },
  });
  if (compatibly === undefined) throw new Error('no provider');
  return {
    asked,
    ask,
    askCompatibly: (...contents: string[]) => askAs('compatible', compatibly, ...contents),
  };
}

const text = (tokens: number) => 'word'.repeat(tokens);

test('the window that is asked for holds the prompt and the answer', async () => {
  const { asked, ask } = await twin({ most: 131_072 });
  for (const tokens of [10, 3_000, 12_000, 60_000]) {
    expect(await ask(text(tokens))).toMatchObject({
      text: 'Read.',
      usage: { inputTokens: tokens },
    });
    expect(asked.at(-1)?.options?.num_ctx).toBeGreaterThanOrEqual(tokens + 4_096);
  }
});

test('the reason says which window it was', async () => {
  const { ask } = await twin({ most: 131_072, tells: true });
  const got = await ask(text(3_000));
  expect(got).toMatchObject({
    reason: expect.stringMatching(/window was 16384 tokens, of 131072/),
  });
});

test('what the model cannot take is left out by us, and said', async () => {
  const { asked, ask } = await twin({ most: 8_192 });
  const got = await ask(text(5_000), text(100), text(100));
  expect(got).toMatchObject({ reason: expect.stringMatching(/oldest message was left out/) });
  expect(asked.at(-1)?.messages).toHaveLength(2);
  expect(await ask(text(20_000))).toMatchObject({
    reason: expect.stringMatching(/middle of the prompt was left out/),
  });
});

test('no prompt is cut by the server without a word', async () => {
  let noticed = 0;
  for (const tells of [true, false]) {
    const { ask } = await twin({ most: 131_072, real: 4_096, tells });
    for (const tokens of [5_000, 7_000, 9_000, 20_000, 50_000]) {
      const got = await ask(text(tokens));
      if (tells) expect(got).toMatchObject({ code: 'model_prompt_cut', retryable: false });
      else expect(got).toMatchObject({ reason: expect.stringMatching(/may not have read all/) });
      noticed += 1;
    }
  }
  expect(noticed).toBe(10);
});

test('a server that only speaks the compatible protocol is spoken to in that', async () => {
  const { ask } = await twin({ compatible: true });
  expect(await ask('hello')).toMatchObject({ text: 'compatible' });
});

test('a compatible server that counts far less than it was sent is doubted', async () => {
  const { askCompatibly } = await twin({});
  expect(await askCompatibly(text(20_000))).toMatchObject({
    note: expect.stringMatching(/counted 4096 tokens of a prompt of about 20004/),
  });
  expect(await askCompatibly(text(3_000))).not.toHaveProperty('note');
});

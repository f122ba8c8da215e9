import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPrice } from '@/lib/models/price';
import type { ModelProvider, StreamPart } from '@/lib/models/schema';
import type { StepError } from '@/lib/nodes/node-type/define-node';
import type { Call } from '@/lib/runs/schema';
import { createComputation } from '@/server/computation/computation';
import { createEgress, type Egress } from '@/server/egress/client';
import { chosen, noLimits, nowherePlace, unlimitedLedger } from '@/server/models/testing/unlimited';
import { answer } from '../../calls/answer';
import { openVendor } from '../../providers/vendor';
import { readFrames } from '../../reading/frames';
import { serveStreams } from '../stream-server';
import { chatFailures } from './chat-failures';
import { chatForms } from './chat-forms';
import { chatThoughts } from './chat-thoughts';
import { ollamaStreams } from './ollama-streams';
import { refusals } from './refusals';
import type { StreamCase } from './stream-case';
import { vendorStreams } from './vendor-streams';

const cases = [
  ...chatForms,
  ...chatFailures,
  ...chatThoughts,
  ...vendorStreams,
  ...ollamaStreams,
  ...refusals,
];

const log = { warn: () => undefined, error: () => undefined };
const computation = createComputation({ log });
let egress: Egress;
let server: Awaited<ReturnType<typeof serveStreams>>;

beforeAll(async () => {
  server = await serveStreams(async (response, { path }) => {
    const given = cases[Number(/^\/(\d+)\//.exec(path)?.[1])];
    if (given === undefined) return void response.writeHead(404).end();
    if (path.endsWith('/api/ps')) return void response.end('{"models": []}');
    if (path.endsWith('/api/show')) {
      return void response.end('{"model_info": {"llama.context_length": 131072}}');
    }
    response.writeHead(given.status ?? 200, {
      'content-type': 'text/event-stream',
      ...given.headers,
    });
    for (const piece of piecesOf(given)) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (given.breaks) setTimeout(() => response.destroy(), 20);
    else response.end();
  });
  egress = createEgress({ egressAllow: [{ host: '127.0.0.1', port: server.port }] });
});
afterAll(async () => {
  await egress.close();
  await computation.close();
  server.close();
});

const piecesOf = ({ body }: StreamCase) => (typeof body === 'string' ? [body] : body);

function providerOf(given: StreamCase): ModelProvider {
  const base = `${server.origin}/${cases.indexOf(given)}`;
  const bare = given.provider === 'anthropic' || given.provider === 'google';
  const access = { key: 'k', baseUrl: bare ? base : `${base}/v1`, fetch: egress.fetch() };
  const provider = openVendor(given.provider, access);
  if (provider === undefined) throw new Error('no such provider');
  return provider;
}

const request = { messages: [{ role: 'user' as const, content: 'Say something.' }] };

test.each(cases.map((one) => [`${one.provider}: ${one.name}`, one] as const))(
  '%s',
  async (_, given) => {
    const { want } = given;
    const provider = providerOf(given);
    const spent: Call[] = [];
    const asked = answer(
      { log, computation, idleMs: 5_000, ledger: unlimitedLedger().ledger, limits: noLimits },
      {
        choice: chosen(given.provider, 'Asked for.'),
        opened: { provider, secret: 'k' },
        price: listPrice(given.provider, 'm'),
      },
      {
        ...request,
        workspaceId: 'w',
        place: nowherePlace,
        mode: 'live',
        policy: 'auto',
        signal: new AbortController().signal,
        onSpent: (call) => spent.push(call),
        ...(given.schema === undefined ? {} : { outputSchema: given.schema }),
      },
    );
    const got = await asked.catch((error: StepError) => error);
    if (want.fails !== undefined) {
      expect(got).toMatchObject({ code: want.fails });
      if (want.retryable !== undefined) expect(got).toMatchObject({ retryable: want.retryable });
      if (want.retryAfterMs !== undefined) {
        expect(got).toMatchObject({ retryAfterMs: want.retryAfterMs });
      }
      if (want.says !== undefined) expect((got as StepError).message).toMatch(want.says);
    } else {
      expect(got).not.toBeInstanceOf(Error);
      if (want.text !== undefined) expect(got).toMatchObject({ text: want.text });
      if (want.value !== undefined) expect(got).toMatchObject({ value: want.value });
    }
    if (want.usage !== undefined) {
      const [inputTokens, outputTokens] = want.usage;
      expect(spent).toMatchObject([{ usage: { inputTokens, outputTokens } }]);
    }
    if (want.note !== undefined) expect(spent[0]?.reason).toMatch(want.note);
    if (want.thoughts !== undefined) {
      const parts = await partsOf(provider);
      expect(parts.thoughts).toBe(want.thoughts);
    }
  },
);

async function partsOf(provider: ModelProvider): Promise<{ text: string; thoughts: string }> {
  let [text, thoughts] = ['', ''];
  const parts: AsyncIterable<StreamPart> = provider.stream(
    { ...request, model: 'm' },
    new AbortController().signal,
  );
  for await (const part of parts) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'thinking-delta') thoughts += part.text;
    if (part.type === 'all-thinking') [text, thoughts] = ['', text + thoughts];
  }
  return { text, thoughts };
}

test('there are streams of many kinds', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map(({ provider, name }) => `${provider} ${name}`)).size).toBe(cases.length);
});

/** What a body says when it comes in these pieces, or how reading it fails. */
async function said(pieces: readonly Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: unknown[] = [];
  try {
    for await (const event of readFrames(new Response(body))) events.push(event);
  } catch (error) {
    events.push((error as StepError).code);
  }
  return events;
}

test('a body cut anywhere says the same', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...cases),
    fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }),
    async (given, cuts) => {
      const whole = Buffer.concat(piecesOf(given).map((piece) => Buffer.from(piece)));
      const pieces: Uint8Array[] = [];
      let from = 0;
      for (const length of cuts) {
        pieces.push(whole.subarray(from, from + length));
        from += length;
      }
      pieces.push(whole.subarray(Math.min(from, whole.length)));
      expect(await said(pieces.filter(({ length }) => length > 0))).toEqual(await said([whole]));
    },
  );
  await fc.assert(property, { numRuns: 600, seed: 4_202_611 });
});

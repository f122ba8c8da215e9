import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamPart } from '@/lib/models/schema';
import { watched } from './watch';

// A clock of the test's own: a busy machine must not decide which silence is the longer one.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const word: StreamPart = { type: 'text-delta', text: 'word' };
const never = () => new Promise<never>(() => undefined);

/** Reads it to its end, while the clock goes on by a minute. */
async function collect(stream: AsyncIterable<StreamPart>): Promise<number> {
  let count = 0;
  const read = (async () => {
    for await (const _ of stream) count += 1;
  })();
  const [end] = await Promise.allSettled([read, vi.advanceTimersByTimeAsync(60_000)]);
  if (end.status === 'rejected') throw end.reason;
  return count;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('passes a stream on as it is', async () => {
  async function* two() {
    yield word;
    yield word;
  }
  expect(await collect(watched(two, 1_000, new AbortController().signal))).toBe(2);
});

test('a stream that falls silent fails, though it ignores its signal', async () => {
  async function* silent() {
    yield word;
    await never();
  }
  await expect(collect(watched(silent, 30, new AbortController().signal))).rejects.toMatchObject({
    code: 'model_stalled',
    retryable: true,
  });
});

test('an abort ends the wait with its reason', async () => {
  const controller = new AbortController();
  async function* deaf() {
    yield word;
    controller.abort(new Error('cancelled'));
    await never();
  }
  await expect(collect(watched(deaf, 10_000, controller.signal))).rejects.toThrow('cancelled');
});

test('whoever stops reading stops the stream', async () => {
  let heard: AbortSignal | undefined;
  async function* endless(signal: AbortSignal) {
    heard = signal;
    for (;;) yield word;
  }
  for await (const _ of watched(endless, 1_000, new AbortController().signal)) break;
  expect(heard?.aborted).toBe(true);
});

const beat = (type: 'alive' | 'thinking-delta'): StreamPart =>
  type === 'alive' ? { type } : { type, text: 'hm' };

/** Gives this part again and again, at half the time after which silence would end it. */
async function* beating(part: StreamPart, times: number) {
  for (let count = 0; count < times; count += 1) {
    await sleep(50);
    yield part;
  }
}

test.each(['alive', 'thinking-delta'] as const)('%s keeps a stream alive', async (type) => {
  async function* slow() {
    yield* beating(beat(type), 6);
    yield word;
  }
  expect(await collect(watched(slow, 150, new AbortController().signal))).toBe(7);
});

test('but not for ever: a stream without a word of its answer fails and says what was heard', async () => {
  const forEver = () => beating(beat('thinking-delta'), 10_000);
  await expect(collect(watched(forEver, 100, new AbortController().signal))).rejects.toMatchObject({
    code: 'model_stalled',
    retryable: true,
    message: 'The model sent no part of its answer for 1 s. Last heard: what it thinks.',
  });
});

test('silence behind the whole answer is its end', async () => {
  async function* open() {
    yield word;
    yield { type: 'finish', reason: 'stop', usage: { inputTokens: 1, outputTokens: 1 } } as const;
    await never();
  }
  expect(await collect(watched(open, 50, new AbortController().signal))).toBe(2);
});

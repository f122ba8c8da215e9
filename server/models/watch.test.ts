import { expect, test } from 'vitest';
import type { StreamPart } from '@/lib/models/schema';
import { watched } from './watch';

const word: StreamPart = { type: 'text-delta', text: 'word' };
const never = () => new Promise<never>(() => undefined);

async function collect(stream: AsyncIterable<StreamPart>): Promise<number> {
  let count = 0;
  for await (const _ of stream) count += 1;
  return count;
}

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

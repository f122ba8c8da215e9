import { expect, test } from 'vitest';
import { costOf, listPrice } from '@/lib/models/price';
import type { Counted } from '@/lib/models/schema';
import { kindsOf } from '@/lib/models/usage';
import { type UsagePayload, usagePayloads } from '../testing/recorded/usage-payloads';
import { countedByGemini, countedIn, larger, nothingCounted, timedIn } from './counts';

const read = ({ from, given }: UsagePayload): Counted | undefined => {
  if (from === 'gemini') return countedByGemini(given);
  return from === 'timings' ? timedIn(given) : countedIn(given);
};

test.each(usagePayloads.map((one) => [`${one.from}: ${one.name}`, one] as const))(
  '%s',
  (_, payload) => {
    const counted = read(payload);
    if (counted === undefined) throw new Error('nothing was counted');
    const kinds = kindsOf(counted);
    const { fresh, cacheRead, cacheWrite, text, reasoning } = kinds;
    expect([fresh, cacheRead, cacheWrite, text, reasoning]).toEqual(payload.kinds);
    expect(fresh + cacheRead + cacheWrite).toBe(counted.inputTokens);
    expect(text + reasoning).toBe(counted.outputTokens);
    if (payload.cost === undefined) return;
    const [provider, model, pico] = payload.cost;
    const price = listPrice(provider, model);
    if (price === undefined) throw new Error(`no price of ${model}`);
    expect(costOf(price, counted)).toBe(pico);
  },
);

test('there are counts of many shapes, and of most the cost is known', () => {
  expect(usagePayloads.length).toBeGreaterThanOrEqual(60);
  expect(usagePayloads.filter(({ cost }) => cost !== undefined).length).toBeGreaterThanOrEqual(25);
  expect(new Set(usagePayloads.map(({ from, name }) => from + name)).size).toBe(
    usagePayloads.length,
  );
});

test('counts that come in turns are the largest of each kind', () => {
  const first = countedIn({ input_tokens: 5, cache_read_input_tokens: 4, output_tokens: 1 });
  const last = countedIn({ output_tokens: 9 });
  expect(larger(larger(nothingCounted, first ?? nothingCounted), last ?? nothingCounted)).toEqual({
    ...{ inputTokens: 9, outputTokens: 9, cacheRead: 4 },
  });
});

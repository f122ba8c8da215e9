import { expect, test } from 'vitest';
import { contextTokens, knownModels, modelInfo } from './catalogue';
import { costOf, listPrice, mostOf, perToken, priceCall } from './price';
import type { ProviderId } from './schema';

const priced = (
  provider: ProviderId,
  model: string,
  tokens: { inputTokens: number; outputTokens: number },
) => priceCall(listPrice(provider, model), model, tokens);

test('counts list prices per million tokens', () => {
  const { usage } = priced('anthropic', 'claude-sonnet-5-5', {
    inputTokens: 1_000_000,
    outputTokens: 100_000,
  });
  expect(usage.costUsd).toBeCloseTo(2 + 1, 9);
});

test('a long input has its own price where the vendor says so', () => {
  const tokens = { inputTokens: 200_000, outputTokens: 0 };
  expect(priced('anthropic', 'claude-haiku-5-5', tokens).usage.costUsd).toBeCloseTo(0.1, 9);
});

test('an unknown price counts nothing and says so; local calls are free without a word', () => {
  const tokens = { inputTokens: 10, outputTokens: 10 };
  expect(priced('openai', 'gpt-99', tokens)).toMatchObject({
    usage: { costUsd: 0 },
    note: expect.any(String),
  });
  expect(priced('ollama', 'llama', tokens)).toEqual({
    usage: { ...tokens, costUsd: 0 },
    pico: 0n,
  });
  expect(priced('rehearsal', 'scripted', tokens).note).toBeUndefined();
});

test('a dated snapshot is its model, a longer name is another', () => {
  expect(modelInfo('anthropic', 'claude-haiku-4-5-20251001')?.id).toBe('claude-haiku-4-5');
  expect(modelInfo('openai', 'gpt-5.5-2026-04-23')?.id).toBe('gpt-5.5');
  expect(modelInfo('anthropic', 'claude-sonnet-5-9')).toBeUndefined();
  expect(contextTokens('compatible', 'anything')).toBeGreaterThan(0);
});

test('the catalogue holds no model twice and no price without the other half', () => {
  const names = knownModels.map(({ provider, id }) => `${provider} ${id}`);
  expect(new Set(names).size).toBe(names.length);
  for (const { price } of knownModels) {
    if (price) expect(price.output).toBeGreaterThan(price.input);
  }
});

test('costs are exact to the pico-dollar', () => {
  expect(perToken(0.1)).toBe(100_000n);
  const price = listPrice('openai', 'gpt-6-luna');
  if (price === undefined) throw new Error('no price');
  expect(costOf(price, { inputTokens: 3, outputTokens: 7 })).toBe(3n * 100_000n + 7n * 500_000n);
});

test('the most that a call may cost holds on both sides of a longer input’s own price', () => {
  const price = listPrice('anthropic', 'claude-haiku-5-5');
  if (price === undefined) throw new Error('no price');
  for (const inputTokens of [0, 99_999, 100_000, 100_001, 500_000]) {
    const tokens = { inputTokens, outputTokens: 100 };
    expect(mostOf(price, tokens)).toBeGreaterThanOrEqual(costOf(price, tokens));
    const fewer = { inputTokens: Math.floor(inputTokens / 2), outputTokens: 50 };
    expect(mostOf(price, tokens)).toBeGreaterThanOrEqual(costOf(price, fewer));
  }
});

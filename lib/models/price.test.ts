import { expect, test } from 'vitest';
import { contextTokens, knownModels, modelInfo } from './catalogue';
import { priceCall } from './price';

test('counts list prices per million tokens', () => {
  const { usage } = priceCall('anthropic', 'claude-sonnet-5-5', {
    inputTokens: 1_000_000,
    outputTokens: 100_000,
  });
  expect(usage.costUsd).toBeCloseTo(2 + 1, 9);
});

test('a long input has its own price where the vendor says so', () => {
  const tokens = { inputTokens: 200_000, outputTokens: 0 };
  expect(priceCall('anthropic', 'claude-haiku-5-5', tokens).usage.costUsd).toBeCloseTo(0.1, 9);
});

test('an unknown price counts nothing and says so; local calls are free without a word', () => {
  const tokens = { inputTokens: 10, outputTokens: 10 };
  expect(priceCall('openai', 'gpt-99', tokens)).toMatchObject({
    usage: { costUsd: 0 },
    note: expect.any(String),
  });
  expect(priceCall('ollama', 'llama', tokens)).toEqual({ usage: { ...tokens, costUsd: 0 } });
  expect(priceCall('rehearsal', 'scripted', tokens).note).toBeUndefined();
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

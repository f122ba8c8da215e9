import { expect, test } from 'vitest';
import { blendedPrice, type KnownModel, knownModels } from './catalogue';
import { exampleModels } from './examples';

test('names the cheapest able model, one in the middle and a dear one, of three vendors', () => {
  const models = exampleModels();
  expect(models).toHaveLength(3);
  expect(new Set(models.map(({ provider }) => provider)).size).toBe(3);
  const prices = models.map(blendedPrice);
  const able = knownModels.filter((model) => model.able && model.price !== undefined);
  expect(prices[0]).toBe(Math.min(...able.map(blendedPrice)));
  expect(prices[1]).toBeGreaterThan(2 * (prices[0] ?? 0));
  expect(prices[2]).toBeGreaterThan(2 * (prices[1] ?? 0));
});

test('names fewer where fewer vendors have a price, and none without any', () => {
  const of = (provider: KnownModel['provider']) =>
    knownModels.filter((model) => model.provider === provider);
  expect(exampleModels(of('openai'))).toHaveLength(1);
  expect(exampleModels(of('openai').map(({ price: _, ...model }) => model))).toEqual([]);
});

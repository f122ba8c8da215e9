import { expect, test } from 'vitest';
import { guessCost } from './estimate';
import { ifModelsWords } from './if-models';

const of = (model: string, p50: string, list = '2026-10') => ({
  ...{ model, list },
  costUsd: { p50, p95: '1' },
});

test('says in one sentence what known models would cost, and of which list', () => {
  expect(
    ifModelsWords([of('openai/small', '0.00023'), of('anthropic/large', '0.1234')], 'a run'),
  ).toBe('With small about $0.0002 a run, with large about $0.12 (list prices of October 2026)');
});

test('says which prices are the workspace’s own, and never writes an exponent', () => {
  const words = ifModelsWords([of('openai/a/b', '0.000000000001'), of('x/y', '2', 'own')], 'a run');
  expect(words).toBe(
    'With a/b less than $0.0001 a run, with y about $2.00 (list prices of October 2026 and your own prices)',
  );
});

test('instructions of an agent are sent with its task, and cost', () => {
  const price = { input: 1_000_000n, output: 0n, list: 'x' };
  const short = guessCost({ config: { prompt: 'Hello' } }, price);
  const long = guessCost({ config: { prompt: 'Hello' } }, price, 'word '.repeat(1_000));
  expect(long.p50 - short.p50).toBeGreaterThan(500_000_000n);
});

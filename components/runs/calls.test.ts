import { expect, test } from 'vitest';
import type { Call } from '@/lib/runs/schema';
import { costOfCalls } from './calls';

const call = (costUsd: number): Call => ({
  ...{ provider: 'openai', model: 'm', rehearsed: false, reason: '' },
  usage: { inputTokens: 1, outputTokens: 1, costUsd },
});
const unpriced: Call = { ...call(0), unpriced: true };

test('a price that nobody knows is not shown as free', () => {
  expect(costOfCalls([])).toBe('$0');
  expect(costOfCalls([call(0)])).toBe('$0');
  expect(costOfCalls([call(1.2), call(0.1)])).toBe('$1.30');
  expect(costOfCalls([unpriced])).toBe('price unknown');
  expect(costOfCalls([unpriced, call(0.5)])).toBe('$0.50 + price unknown');
});

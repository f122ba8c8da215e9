import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelMessage } from '../message';
import { estimateRequest } from '../tokens';
import { fitMessages } from './fit';

const message = fc.record({
  role: fc.constantFrom('user' as const, 'assistant' as const),
  content: fc.string({ maxLength: 400 }),
});

test('fits every history into its budget, keeps its end, and begins with a user', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 64, max: 2_000 }),
      (before, budget) => {
        const messages: ModelMessage[] = [...before, { role: 'user', content: 'the question' }];
        const fitted = fitMessages(messages, budget);
        expect(estimateRequest(undefined, fitted.messages)).toBeLessThanOrEqual(budget);
        expect(fitted.messages).toEqual(messages.slice(fitted.dropped));
        expect(fitted.messages[0]?.role).toBe('user');
      },
    ),
    { numRuns: 500 },
  );
});

test('keeps all that fits', () => {
  const messages: ModelMessage[] = [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b' },
    { role: 'user', content: 'c' },
  ];
  expect(fitMessages(messages, 1_000)).toEqual({ messages, dropped: 0, shortened: false });
});

test('takes the middle out of a last message that is too long', () => {
  const long = `${'start '.repeat(2_000)}${'end '.repeat(2_000)}`;
  const fitted = fitMessages([{ role: 'user', content: long }], 500);
  expect(fitted.shortened).toBe(true);
  expect(fitted.messages[0]?.content).toMatch(/^start .*left out.*end $/s);
  expect(estimateRequest(undefined, fitted.messages)).toBeLessThanOrEqual(500);
});

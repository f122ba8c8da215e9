import { expect, it } from 'vitest';
import { maxRetryAfterMs, nextAttempt, retryDelay } from './retry';

const retry = { attempts: 9, backoffMs: 1000, maxBackoffMs: 6000 };

it('doubles up to the most, with a quarter of jitter', () => {
  expect([1, 2, 3, 4, 99].map((n) => retryDelay(retry, n, 0.5))).toEqual([
    1000, 2000, 4000, 6000, 6000,
  ]);
  expect(retryDelay(retry, 1, 0)).toBe(750);
  expect(retryDelay(retry, 2, 0.999)).toBe(2499);
  expect(retryDelay(retry, 9, 0.999)).toBe(6000);
});

const now = Date.parse('2026-11-29T12:00:00Z');
const asked = (retryAfterMs: number | undefined, deadline = Number.POSITIVE_INFINITY) =>
  nextAttempt(
    retry,
    {
      ...{ code: 'limited', message: 'Slowly.', retryable: true },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    { failures: 1, now, random: 0.5, deadline },
  );

it.each([
  [undefined, 1_000],
  [0, 1_000],
  [900, 1_000],
  [4_000, 4_000],
  [maxRetryAfterMs, maxRetryAfterMs],
])('whoever wants to be left alone for %s ms is asked again after %i', (wait, ms) => {
  expect(asked(wait)).toEqual({ at: now + ms });
});

it('who wants more than a step waits lets it fail, and says until when', () => {
  expect(asked(maxRetryAfterMs + 1_000)).toMatchObject({
    refused: expect.stringContaining('2026-11-29 13:00:01 UTC'),
  });
  expect(asked(60_000, now + 30_000)).toMatchObject({
    refused: expect.stringContaining('after the run’s time limit'),
  });
  // The policy's own wait is not theirs.
  expect(asked(undefined, now + 10)).toEqual({ at: now + 1_000 });
});

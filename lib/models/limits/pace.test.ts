import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit, burstOf, limitWords, type Pace } from './pace';

const none = { requestsPerMinute: null, tokensPerMinute: null, atOnce: null };

/** Admits what it can of calls at given times, as a server does, and says when each was. */
function play(limit: Parameters<typeof admit>[0], calls: { gapMs: number; tokens: number }[]) {
  let now = 0;
  let kept: { requests: number; tokens: number; at: number } | undefined;
  const admitted: { at: number; tokens: number }[] = [];
  for (const { gapMs, tokens } of calls) {
    now += gapMs;
    const pace: Pace | undefined = kept && { ...kept, sinceMs: now - kept.at };
    const said = admit(limit, pace, tokens);
    if (!said.ok) continue;
    kept = { ...said.left, at: now };
    admitted.push({ at: now, tokens });
  }
  return admitted;
}

test('no minute sees more requests than the limit, however they fall', () => {
  const calls = fc.array(
    fc.record({ gapMs: fc.oneof(fc.constant(0), fc.nat(5_000)), tokens: fc.constant(1) }),
    { minLength: 20, maxLength: 300 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), calls, (requestsPerMinute, given) => {
      const admitted = play({ ...none, requestsPerMinute }, given);
      for (const { at } of admitted) {
        const inMinute = admitted.filter((each) => each.at >= at && each.at < at + 60_000).length;
        expect(inMinute).toBeLessThanOrEqual(requestsPerMinute);
      }
    }),
    { numRuns: 300 },
  );
});

test('who waits as long as told is admitted then, and not before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      fc.nat(10_000),
      (requestsPerMinute, tokensPerMinute, asked, sinceMs) => {
        const limit = { ...none, requestsPerMinute, tokensPerMinute };
        const empty = { requests: 0, tokens: -500, sinceMs };
        const said = admit(limit, empty, asked);
        if (said.ok || 'never' in said) return;
        expect(admit(limit, { ...empty, sinceMs: sinceMs + said.waitMs }, asked).ok).toBe(true);
        expect(admit(limit, { ...empty, sinceMs: sinceMs + said.waitMs - 2 }, asked).ok).toBe(
          false,
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a quarter may come at once; a large request takes a full bucket and leaves a debt', () => {
  const limit = { ...none, requestsPerMinute: 60, tokensPerMinute: 1_000 };
  expect(burstOf(60)).toBe(15);
  const first = admit(limit, undefined, 800);
  expect(first).toEqual({ ok: true, left: { requests: 14, tokens: -550 } });
  expect(admit(limit, { requests: 14, tokens: -550, sinceMs: 0 }, 1)).toMatchObject({ ok: false });
  expect(admit(limit, undefined, 1_001)).toEqual({ ok: false, never: true });
  expect(admit(none, undefined, 1e9)).toMatchObject({ ok: true });
});

test('a limit in words', () => {
  expect(limitWords({ requestsPerMinute: 60, tokensPerMinute: 100_000, atOnce: 1 })).toBe(
    '60 requests and 100,000 tokens a minute, 1 call at once',
  );
  expect(limitWords({ ...none, atOnce: 4 })).toBe('4 calls at once');
});

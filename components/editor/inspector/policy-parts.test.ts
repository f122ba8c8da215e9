import { expect, it } from 'vitest';
import { codesOf, jsonOf, withCache, withOnError, withPart, withRetry } from './policy-parts';

it('leaves out retries that are as usual', () => {
  const five = withRetry(undefined, { attempts: 5 });
  expect(five).toEqual({ retry: { attempts: 5, backoffMs: 1_000, maxBackoffMs: 60_000 } });
  expect(withRetry(five, { attempts: 3 })).toEqual({});
  const coded = withRetry(five, { codes: codesOf('timeout, http_429') });
  expect(coded.retry?.codes).toEqual(['timeout', 'http_429']);
  expect(withRetry(coded, { codes: codesOf(' ') })).toEqual(five);
  expect(withRetry({ priority: 2 }, { jitter: 0 }).retry?.jitter).toBe(0);
});

it('keeps a value to go on with only where it is used', () => {
  const on = withPart(withOnError({ timeoutMs: 500 }, 'continue'), 'fallback', jsonOf('{"a": 1}'));
  expect(on).toEqual({ timeoutMs: 500, onError: 'continue', fallback: { a: 1 } });
  expect(withOnError(on, 'port')).toEqual({ timeoutMs: 500, onError: 'port' });
  expect(withOnError(on, 'fail')).toEqual({ timeoutMs: 500 });
  expect(() => jsonOf('{')).toThrow();
});

it('takes outputs again for an hour unless it is told otherwise, and not without a key', () => {
  const kept = withCache(undefined, { key: 'input.city' });
  expect(kept.cache).toEqual({ key: 'input.city', forMs: 3_600_000 });
  const short = withCache(kept, { forMs: 60_000 });
  expect(withCache(short, { key: 'input.town' }).cache?.forMs).toBe(60_000);
  expect(withCache(short, { key: ' ' })).toEqual({});
});

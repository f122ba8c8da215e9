import { expect, test } from 'vitest';
import { retryAfterOf, spanOf } from './retry-after';

const now = Date.parse('2026-11-29T12:00:00Z');

test.each<[string, Record<string, unknown>, number | undefined]>([
  ['nothing', {}, undefined],
  ['seconds', { 'retry-after': '4' }, 4_000],
  ['seconds with blanks', { 'retry-after': ' 4 ' }, 4_000],
  ['a part of a second', { 'retry-after': '0.25' }, 250],
  ['none', { 'retry-after': '0' }, 0],
  ['milliseconds come first', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
  ['a date', { 'retry-after': 'Sun, 29 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date of the other kind', { 'retry-after': '2026-11-29T12:01:00Z' }, 60_000],
  ['a date that is over', { 'retry-after': 'Sun, 29 Nov 2026 11:00:00 GMT' }, 0],
  ['a time in seconds since 1970', { 'retry-after': String(now / 1_000 + 5) }, 5_000],
  ['less than nothing', { 'retry-after': '-5' }, undefined],
  ['words', { 'retry-after': 'soon' }, undefined],
  ['a number that is none', { 'retry-after': '1e400' }, undefined],
  ['a list', { 'retry-after': ['4', '5'] }, undefined],
  ['years', { 'retry-after': '999999999' }, undefined],
  ['a day', { 'retry-after': '86400' }, 86_400_000],
  [
    'OpenAI: the limit that is used up',
    {
      'x-ratelimit-remaining-requests': '10',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    360_000,
  ],
  [
    'OpenAI: none is used up',
    { 'x-ratelimit-remaining-tokens': '9', 'x-ratelimit-reset-tokens': '6m0s' },
    undefined,
  ],
  [
    'Anthropic: until a date',
    {
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-29T12:00:12Z',
    },
    12_000,
  ],
  [
    'GitHub: until a second',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1_000 + 90) },
    90_000,
  ],
  [
    'OpenRouter: until a millisecond',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 700) },
    700,
  ],
  ['seconds until then', { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
])('%s', (_, headers, ms) => {
  expect(retryAfterOf(headers, now)).toBe(ms);
});

test.each([
  ['20s', 20_000],
  ['45.837906927s', 45_838],
  ['1m30s', 90_000],
  ['6m0s', 360_000],
  ['350ms', 350],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['', undefined],
  ['s', undefined],
  ['soon', undefined],
  ['5', undefined],
])('the span %j', (text, ms) => {
  expect(spanOf(text)).toBe(ms);
});

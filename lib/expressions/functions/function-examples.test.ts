import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate';
import { macros } from '../macros';
import { functionExamples } from './function-examples';
import { functions } from './functions';

const examples = Object.entries(functionExamples).flatMap(([name, list]) =>
  list.map((example) => ({ name, ...example })),
);

it('shows every function and nothing else', () => {
  const names = [...functions.keys(), ...macros.map(({ name }) => name)];
  expect(Object.keys(functionExamples).sort()).toEqual(names.sort());
});

it.each(examples)('$write', ({ name, write, gives }) => {
  expect(write).toContain(name);
  expect(evaluate(write, {})).toEqual(gives);
});

describe('dates', () => {
  it.each([
    ['addDays("2024-02-28", 1)', '2024-02-29'],
    ['addDays("2026-12-31", 1)', '2027-01-01'],
    ['addDays("2026-03", 1)', '2026-03-02'],
    ['addDays("2026-03-28T02:30:00.250+01:00", 1)', '2026-03-29T02:30:00.250+01:00'],
    ['addHours("2026-03-14", 25)', '2026-03-15T01:00'],
    ['dateDiff("2026-04-01", "2026-03-14")', -18],
    ['dateDiff("2026-03-29T00:00:00+01:00", "2026-03-29T00:00:00Z", "minutes")', 60],
    ['dateDiff("2024-02-29", "2025-02-28", "years")', 1],
    ['dateDiff("2026-01-15", "2026-02-14", "months")', 0],
    ['dateDiff("2026-03-14T10:00:00Z", "2026-03-14T10:00:59Z", "minutes")', 0],
    ['weekday("2026-03-15")', 7],
    ['isoWeek("2027-01-01")', 53],
    ['isoWeek("2026-12-31")', 53],
    ['isoWeek("2024-12-30")', 1],
    ['formatDate("2026-03-29T00:59:00Z", "HH:mm xxx", "Europe/Berlin")', '01:59 +01:00'],
    ['formatDate("2026-03-29T01:00:00Z", "HH:mm xxx", "Europe/Berlin")', '03:00 +02:00'],
    [
      'formatDate("2026-03-14T00:30:00Z", "yyyy-MM-dd hh:mm a", "Asia/Kolkata")',
      '2026-03-14 06:00 AM',
    ],
    ['formatDate("2026-03-14T12:00:00+02:00", "HH:mm", "UTC")', '10:00'],
    ['formatDate("2026-03-14T12:00:00+02:00", "HH:mm")', '12:00'],
    [`formatDate("2026-03-14", "'on' d. M. yy ''")`, "on 14. 3. 26 '"],
    ['parseDate("14 Mar 2026", "d MMM yyyy")', '2026-03-14'],
    ['parseDate("2026年03月14日", "yyyy年MM月dd日")', '2026-03-14'],
    ['parseDate("14.03.70", "dd.MM.yy")', '1970-03-14'],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, {})).toEqual(expected);
  });

  it.each([
    ['addDays("2026-02-30", 1)', /not a date/],
    ['addDays("tomorrow", 1)', /not a date/],
    ['addDays("9999-12-31", 1)', /years 0 to 9999/],
    ['addDays("2026-01-01", 1.5)', /whole number/],
    ['dateDiff("2026-01-01", "2026-01-02", "moons")', /not "moons"/],
    ['formatDate("2026-01-01", "dd", "Berlin")', /not a time zone/],
    ['formatDate("2026-01-01", "QQ")', /does not know "Q"/],
    ['parseDate("31.02.2026", "dd.MM.yyyy")', /not a date written as/],
    ['parseDate("2026-03-14", "dd.MM.yyyy")', /not a date written as/],
    ['parseDate("14.03.", "dd.MM.")', /not a date written as/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluate(expression, {})).toThrow(message);
  });
});

describe('hashes and encodings', () => {
  const text = `Zoë 日本 ${'x'.repeat(20_000)}`;
  it.each(['md5', 'sha1', 'sha256', 'sha512'])('%s is what others make of it', (name) => {
    const names = { text, key: 'schlüssel' };
    for (const form of ['hex', 'base64', 'base64url'] as const) {
      expect(evaluate(`${name}(text, "${form}")`, names)).toBe(
        createHash(name).update(text).digest(form),
      );
      expect(evaluate(`hmac(text, key, "${name}", "${form}")`, names)).toBe(
        createHmac(name, names.key).update(text).digest(form),
      );
    }
  });

  it('gives back what was encoded', () => {
    for (const way of ['base64', 'hex'])
      expect(evaluate(`${way}Decode(${way}Encode(text))`, { text })).toBe(text);
    expect(evaluate('urlDecode(urlEncode(text))', { text: `${text}+ %` })).toBe(`${text}+ %`);
  });

  it.each([
    ['base64Decode("%%%")', /not Base64/],
    ['base64Decode("//8=")', /not text in UTF-8/],
    ['hexDecode("5g")', /not hexadecimal/],
    ['urlDecode("%E0%A4%A")', /not followed by a code/],
    ['sha256("a", "octal")', /"hex", "base64" or "base64url"/],
    ['hmac("a", "b", "crc32")', /not "crc32"/],
    ['sha256(5)', /needs text/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluate(expression, {})).toThrow(message);
  });

  it('ends within its budget on what is large', () => {
    const large = 'é'.repeat(1_900_000);
    for (const expression of [
      'urlEncode(text)',
      'range(200).map(i, sha512(text))',
      'range(200).map(i, base64Encode(text))',
    ])
      expect(() => evaluate(expression, { text: large })).toThrow(/too much|too long/);
  });
});

it('refuses a number that would lose digits', () => {
  expect(() => evaluate('7615917337495251231', {})).toThrow('write it as text');
  expect(evaluate('toNumber("7615917337495251231")', {})).toBeNull();
});

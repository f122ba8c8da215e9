import { expect, test } from 'vitest';
import { chanceOf } from '@/lib/runs/testing/chance';
import { patternsOf, topicPatternSchema, topicSchema } from './topics';

/** Compares part by part, as one would explain it. */
function matches(pattern: string, topic: string): boolean {
  const [wanted, given] = [pattern.split('.'), topic.split('.')];
  for (const [index, one] of wanted.entries()) {
    if (one === '>') return given.length > index;
    if (given[index] === undefined) return false;
    if (one !== '*' && one !== given[index]) return false;
  }
  return wanted.length === given.length;
}

test('a topic fits exactly the patterns that a comparison part by part finds (10,000 pairs)', () => {
  const chance = chanceOf(7);
  const pick = <T>(of: readonly [T, ...T[]]): T => of[Math.floor(chance() * of.length)] ?? of[0];
  const line = (parts: readonly [string, ...string[]], most: number) =>
    Array.from({ length: 1 + Math.floor(chance() * most) }, () => pick(parts)).join('.');
  let fitting = 0;
  for (let trial = 0; trial < 10_000; trial += 1) {
    const topic = line(['a', 'b', 'c'], 5);
    const end = chance() < 0.3 ? '.>' : '';
    const pattern = `${line(['a', 'b', 'c', '*', '*'], 5)}${end}`;
    const all = patternsOf(topic);
    expect(new Set(all).size).toBe(all.length);
    const found = all.includes(pattern);
    expect([pattern, topic, found]).toEqual([pattern, topic, matches(pattern, topic)]);
    if (found) fitting += 1;
  }
  expect(fitting).toBeGreaterThan(300);
});

test.each(['orders', 'orders.eu.new', 'a_b.c-d', 'größe.1', 'a.b.c.d.e.f.g.h'])(
  '%j is a topic, and a pattern of itself alone',
  (text) => {
    expect(topicSchema.parse(text)).toBe(text);
    expect(topicPatternSchema.parse(text)).toBe(text);
  },
);

test.each(['orders.*', '*.new', 'orders.>', '*.eu.>'])('%j is a pattern, not a topic', (text) => {
  expect(topicPatternSchema.safeParse(text).success).toBe(true);
  expect(topicSchema.safeParse(text).success).toBe(false);
});

test.each(['', '>', '*', '*.*', '*.>', 'a..b', '.a', 'a.', 'a.>.b', 'a b', 'a.b*', '>.a', '../a'])(
  '%j is refused as a pattern',
  (text) => expect(topicPatternSchema.safeParse(text).success).toBe(false),
);

test('more than eight parts are refused', () => {
  const text = 'a.b.c.d.e.f.g.h.i';
  expect([topicSchema, topicPatternSchema].map((one) => one.safeParse(text).success)).toEqual([
    false,
    false,
  ]);
});

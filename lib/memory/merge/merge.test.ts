import { describe, expect, test } from 'vitest';
import { diffValues } from '../diff-values';
import type { Json } from './leaf';
import { same } from './leaf';
import { mergeValues } from './merge-values';

/** Numbers that look random and are the same each time (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let next = Math.imul(state ^ (state >>> 15), 1 | state);
    next = (next + Math.imul(next ^ (next >>> 7), 61 | next)) ^ next;
    return ((next ^ (next >>> 14)) >>> 0) % below;
  };
}
type Chance = ReturnType<typeof seeded>;

function randomValue(chance: Chance, depth: number): Json {
  const kind = chance(depth > 0 ? 7 : 4);
  if (kind === 0) return chance(5);
  if (kind === 1) return ['red', 'green', 'blue', ''][chance(4)] ?? '';
  if (kind === 2) return chance(2) === 0;
  if (kind === 3) return Array.from({ length: chance(5) }, () => `line ${chance(9)}`).join('\n');
  if (kind === 4) return Array.from({ length: chance(4) }, () => randomValue(chance, depth - 1));
  if (kind === 5) {
    const ids = [1, 2, 3, 4].filter(() => chance(2) === 0);
    return ids.map((id) => ({ id, held: randomValue(chance, depth - 1) }));
  }
  return objectOf(chance, depth);
}
function objectOf(chance: Chance, depth: number): { [key: string]: Json } {
  const object: { [key: string]: Json } = {};
  for (const key of ['a', 'b', 'c', 'd'])
    if (chance(2) === 0) object[key] = randomValue(chance, depth - 1);
  return object;
}
/** Some fields of a value changed, as a person would. */
function changed(value: Json, chance: Chance, depth = 3): Json {
  if (chance(5) === 0 || typeof value !== 'object' || value === null) {
    return chance(2) === 0 ? randomValue(chance, depth) : value;
  }
  if (Array.isArray(value))
    return value.map((item) => (chance(3) === 0 ? changed(item, chance, depth - 1) : item));
  const next = { ...value };
  for (const key of ['a', 'b', 'c', 'd']) {
    const there = next[key];
    if (chance(4) !== 0) continue;
    if (there !== undefined && chance(3) === 0) delete next[key];
    else
      next[key] =
        there === undefined ? randomValue(chance, depth - 1) : changed(there, chance, depth - 1);
  }
  return next;
}

describe('merging three values', () => {
  test('keeps what only one changed, is the same for both sides, and tells every clash (20,000 triples)', () => {
    const chance = seeded(7);
    let clashes = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const base = objectOf(chance, 3);
      const mine = changed(base, chance);
      const theirs = changed(base, chance);
      const shown = () => JSON.stringify({ base, mine, theirs });
      expect(same(mergeValues({ base, mine, theirs: mine }).value, mine), shown()).toBe(true);
      expect(same(mergeValues({ base, mine, theirs: base }).value, mine), shown()).toBe(true);
      expect(same(mergeValues({ base, mine: base, theirs }).value, theirs), shown()).toBe(true);
      const one = mergeValues({ base, mine, theirs });
      const other = mergeValues({ base, mine: theirs, theirs: mine });
      expect(one.leaves.map(({ path }) => path).sort(), shown()).toEqual(
        other.leaves.map(({ path }) => path).sort(),
      );
      if (one.leaves.length > 0) clashes += 1;
      else expect(same(one.value, other.value), shown()).toBe(true);
    }
    expect(clashes).toBeGreaterThan(1_000);
    expect(clashes).toBeLessThan(19_000);
  });

  test('joins fields, items with an id, lines of a text, and counters', () => {
    const base = {
      plan: 'free',
      seats: 3,
      notes: 'one\ntwo\nthree',
      people: [{ id: 1, name: 'Ada' }],
    };
    const mine = {
      ...base,
      plan: 'yearly',
      seats: 5,
      notes: 'ONE\ntwo\nthree',
      people: [{ id: 1, name: 'Ada L.' }],
    };
    const theirs = {
      ...{ ...base, seats: 4, notes: 'one\ntwo\nTHREE', region: 'EU' },
      people: [
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Ben' },
      ],
    };
    expect(mergeValues({ base, mine, theirs }, ['seats'])).toEqual({
      leaves: [],
      value: {
        ...{ plan: 'yearly', seats: 6, notes: 'ONE\ntwo\nTHREE', region: 'EU' },
        people: [
          { id: 1, name: 'Ada L.' },
          { id: 2, name: 'Ben' },
        ],
      },
    });
    expect(mergeValues({ base, mine, theirs }).leaves).toEqual([
      { path: 'seats', base: 3, mine: 5, theirs: 4 },
    ]);
  });

  test('what both changed differently is told, and theirs stays', () => {
    const cases: [Json | undefined, Json | undefined, Json | undefined, string[]][] = [
      [{ a: 1 }, { a: 2 }, { a: 3 }, ['a']],
      [{ a: { b: 1 } }, { a: { b: 2 } }, {}, ['a']],
      [undefined, { a: 1 }, { a: 2, b: 1 }, ['a']],
      ['one\ntwo', 'ONE\ntwo', 'Eins\ntwo', ['']],
      [[1, 2], [1, 3], [2, 2], ['']],
      [[{ id: 1, n: 1 }], [{ id: 1, n: 2 }], [{ id: 1, n: 3 }], ['[1].n']],
      [
        [{ id: 1 }, { id: 2 }, { id: 3 }],
        [{ id: 2 }, { id: 1 }, { id: 3 }],
        [{ id: 1 }, { id: 3 }, { id: 2 }],
        [''],
      ],
    ];
    for (const [base, mine, theirs, paths] of cases) {
      const { value, leaves } = mergeValues({ base, mine, theirs });
      expect(leaves.map(({ path }) => path)).toEqual(paths);
      if (leaves[0]?.path === '') expect(value).toEqual(theirs);
    }
  });

  test('differences name the smallest parts that differ', () => {
    expect(
      diffValues({ a: 1, b: { c: [1, 2] }, d: 1 }, { a: 1, b: { c: [1, 3] }, e: null }),
    ).toEqual([
      { path: 'b.c[1]', before: 2, after: 3 },
      { path: 'd', before: 1 },
      { path: 'e', after: null },
    ]);
    expect(diffValues([{ id: 'x', n: 1 }], [{ id: 'x', n: 2 }])).toEqual([
      { path: '["x"].n', before: 1, after: 2 },
    ]);
    expect(diffValues({ a: 1 }, { a: 1 })).toEqual([]);
  });
});

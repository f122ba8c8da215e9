import { expect, test } from 'vitest';
import { chanceOf } from '@/lib/runs/testing/chance';
import { leastBusy, type Member, turnsOf } from './pools';

const member = (id: string, more: Partial<Member> = {}): Member => ({
  ...{ id, open: 0, most: 3, weight: 1, givenAt: undefined, ...more },
});
const ids = (members: Member[], count: number) => leastBusy(members, count).map(({ id }) => id);

test('turns are as many as the weights say, and spread', () => {
  const turns = turnsOf([
    { id: 'a', weight: 5 },
    { id: 'b', weight: 1 },
    { id: 'c', weight: 1 },
  ]);
  expect(turns.join('')).toBe('aabacaa');
  expect(turnsOf([])).toEqual([]);
});

test('in any stretch of turns each agent comes as often as its weight says, at most one off (300 pools)', () => {
  const chance = chanceOf(11);
  for (let trial = 0; trial < 300; trial += 1) {
    const members = Array.from({ length: 1 + Math.floor(chance() * 7) }, (_, index) => ({
      ...{ id: `${index}`, weight: 1 + Math.floor(chance() * 5) },
    }));
    const turns = turnsOf(members);
    expect(turns).toHaveLength(members.reduce((sum, { weight }) => sum + weight, 0));
    for (const { id, weight } of members) {
      expect(turns.filter((one) => one === id)).toHaveLength(weight);
      for (let end = 1; end <= turns.length; end += 1) {
        const had = turns.slice(0, end).filter((one) => one === id).length;
        expect(Math.abs(had - (weight * end) / turns.length)).toBeLessThan(2);
      }
    }
  }
});

test('the least busy for what it can do is chosen, then the one that was idle longest', () => {
  expect(ids([member('a', { open: 2 }), member('b', { open: 1 })], 1)).toEqual(['b']);
  expect(ids([member('a', { open: 2, most: 10 }), member('b', { open: 1 })], 1)).toEqual(['a']);
  expect(ids([member('a', { givenAt: 20 }), member('b', { givenAt: 10 })], 1)).toEqual(['b']);
  expect(ids([member('a', { givenAt: 10 }), member('b')], 4)).toEqual(['b', 'a', 'b', 'a']);
  expect(ids([member('a', { open: 1, weight: 4 }), member('b', { open: 1 })], 1)).toEqual(['a']);
  expect(leastBusy([member('a'), member('b', { open: 1 })], 1)[0]?.choice).toBe(
    'Least busy of 2: it had 0 of 3 tasks.',
  );
});

test('nobody gets more than it may have at once', () => {
  expect(ids([member('a', { open: 3 }), member('b', { open: 2 })], 5)).toEqual(['b']);
  expect(ids([], 5)).toEqual([]);
});

/** Work of known length, each piece given to whoever is freest once somebody has room. */
function madeBy(agents: number, work: readonly number[]): number {
  const busy = Array.from({ length: agents }, (): number[] => []);
  let now = 0;
  const queue = [...work];
  for (;;) {
    const members = busy.map((open, index) => member(`${index}`, { open: open.length, most: 1 }));
    for (const { id } of leastBusy(members, queue.length)) {
      const next = queue.shift();
      if (next !== undefined) busy[Number(id)]?.push(now + next);
    }
    const ends = busy.flat();
    if (ends.length === 0) return now;
    now = Math.min(...ends);
    for (const open of busy) if (open[0] === now) open.shift();
  }
}

test('work is over as soon as the best plan that gives it out in order could have it (200 sets)', () => {
  const chance = chanceOf(3);
  for (let trial = 0; trial < 200; trial += 1) {
    const agents = 1 + Math.floor(chance() * 6);
    const work = Array.from({ length: 40 }, () => 1 + Math.floor(chance() * 20));
    const free = Array.from({ length: agents }, () => 0);
    for (const one of work) {
      const first = free.indexOf(Math.min(...free));
      free[first] = (free[first] ?? 0) + one;
    }
    expect(madeBy(agents, work)).toBe(Math.max(...free));
  }
});

import { describe, expect, test } from 'vitest';
import { askLock, clash, grantable, type LockRequest, waitGraph } from './lock-table';
import { areCompatible, intentOf, type LockMode, lockModes } from './modes';

const owners = ['a', 'b', 'c'];
const paths = ['', 'x', 'x/y'];

/** What a lock means, spelled out: a mode at each place above and at its own. */
function places({ path, mode }: { path: string; mode: LockMode }): Map<string, LockMode> {
  const parts = path === '' ? [] : path.split('/');
  const all = ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
  return new Map(all.map((place) => [place, place === path ? mode : intentOf(mode)]));
}
type Ask = { owner: string; path: string; mode: LockMode };
const naiveClash = (one: Ask, other: Ask) =>
  one.owner !== other.owner &&
  [...places(one)].some(([place, mode]) => {
    const there = places(other).get(place);
    return there !== undefined && !areCompatible(mode, there);
  });

/** What has to hold after every operation, by other means than the table's own. */
function check(table: readonly LockRequest[]): void {
  const held = table.filter(({ granted }) => granted);
  for (const one of held) {
    for (const other of held) if (naiveClash(one, other)) throw new Error('two hold what clashes');
  }
  for (const [index, request] of table.entries()) {
    if (request.granted) continue;
    const heldUp = held.some((one) => naiveClash(one, request));
    const inTurn = table
      .slice(0, index)
      .some(
        (one) =>
          !one.granted &&
          naiveClash(one, request) &&
          !reach(table).get(one.owner)?.has(request.owner),
      );
    if (!heldUp && !inTurn) throw new Error('one waits for nobody');
  }
  if (naiveCycle(table)) throw new Error('some wait for each other');
}

/** Whether some owner can be reached from itself, by the transitive closure. */
function naiveCycle(table: readonly LockRequest[]): boolean {
  return [...reach(table)].some(([owner, to]) => to.has(owner));
}

function reach(table: readonly LockRequest[]): Map<string, Set<string>> {
  const all = new Map([...waitGraph(table)].map(([owner, to]) => [owner, new Set(to)]));
  for (const middle of owners) {
    for (const from of all.keys()) {
      if (!all.get(from)?.has(middle)) continue;
      for (const to of all.get(middle) ?? []) all.get(from)?.add(to);
    }
  }
  return all;
}

/** Whether owners wait in a circle for what is held alone: no order of turns could undo that. */
function isDead(table: readonly LockRequest[]): boolean {
  const edges = new Map(owners.map((owner) => [owner, new Set<string>()]));
  for (const one of table) {
    for (const other of table) {
      if (!one.granted && other.granted && naiveClash(one, other))
        edges.get(one.owner)?.add(other.owner);
    }
  }
  for (const middle of owners) {
    for (const from of owners) {
      if (!edges.get(from)?.has(middle)) continue;
      for (const to of edges.get(middle) ?? []) edges.get(from)?.add(to);
    }
  }
  return owners.some((owner) => edges.get(owner)?.has(owner));
}

type Step = Ask | { release: number };

/** Whoever need not wait any more is given what they wait for; turns may give way with a new wait, too. */
function granting(table: LockRequest[]): LockRequest[] {
  const granted = new Set(grantable(table));
  return table.map((one) => (granted.has(one.token) ? { ...one, granted: true } : one));
}

/** One operation on a table, as the server does it; the verdict is its answer. */
function apply(table: LockRequest[], step: Step, token: number) {
  if ('release' in step) {
    return { table: granting(table.filter((one) => one.token !== step.release)) };
  }
  const verdict = askLock(step, table);
  if (verdict.do === 'grant' || verdict.do === 'wait') {
    const next = [...table, { ...step, token, granted: verdict.do === 'grant' }];
    return { table: granting(next), verdict };
  }
  if (verdict.do === 'refuse' && verdict.why === 'deadlock') {
    const would = [...table, { ...step, token, granted: false }];
    if (!isDead(would)) throw new Error(`a false victim: ${verdict.chain.join(' → ')}`);
  }
  return { table, verdict };
}

describe('locks', () => {
  test('modes bear each other as the table of the field says', () => {
    const table = lockModes.map((one) =>
      lockModes.map((other) => (areCompatible(one, other) ? 1 : 0)),
    );
    expect(table).toEqual([
      [1, 1, 1, 1, 0],
      [1, 1, 0, 0, 0],
      [1, 0, 1, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    for (const one of lockModes) {
      for (const other of lockModes) {
        for (const path of paths) {
          for (const there of paths) {
            const [mine, theirs] = [
              { owner: 'a', path, mode: one },
              { owner: 'b', path: there, mode: other },
            ];
            expect([mine, theirs, clash(mine, theirs)]).toEqual([
              mine,
              theirs,
              naiveClash(mine, theirs),
            ]);
          }
        }
      }
    }
  });

  test('every state of three owners and three paths that three requests reach keeps the rules', () => {
    const asks = owners.flatMap((owner) =>
      paths.flatMap((path) => lockModes.map((mode) => ({ owner, path, mode }))),
    );
    let states = 0;
    const seen = new Set<string>();
    const walk = (table: LockRequest[], depth: number) => {
      const key = `${depth} ${table.map((one) => `${one.owner}${one.path}.${one.mode}${one.granted}`).join()}`;
      if (seen.has(key)) return;
      seen.add(key);
      states += 1;
      check(table);
      for (const { token } of table) check(apply(table, { release: token }, 0).table);
      if (depth === 0) return;
      for (const ask of asks) {
        const { table: next } = apply(table, ask, (table.at(-1)?.token ?? 0) + 1);
        if (next !== table) walk(next, depth - 1);
      }
    };
    walk([], 3);
    expect(states).toBeGreaterThan(30_000);
  });

  test('20,000 operations by chance keep the rules', () => {
    let state = 11;
    const chance = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) % below;
    };
    let table: LockRequest[] = [];
    const verdicts = new Map<string, number>();
    for (let count = 1; count <= 20_000; count += 1) {
      const pick = table[chance(Math.max(table.length, 1))];
      const step: Step =
        pick !== undefined && chance(2) === 0
          ? { release: pick.token }
          : {
              ...{ owner: owners[chance(3)] ?? '', path: [...paths, 'x/z', 'w'][chance(5)] ?? '' },
              mode: lockModes[chance(5)] ?? 'X',
            };
      const done = apply(table, step, count);
      table = done.table;
      check(table);
      const { verdict } = done;
      const name =
        verdict === undefined ? 'release' : verdict.do === 'refuse' ? verdict.why : verdict.do;
      verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
    }
    expect([...verdicts.keys()].sort()).toEqual([
      'deadlock',
      'grant',
      'have',
      'release',
      'upgrade',
      'wait',
      'waiting',
    ]);
  });

  test('a circle of any length is found when it closes, with the chain', () => {
    for (let length = 2; length <= 8; length += 1) {
      const names = Array.from({ length }, (_, index) => `o${index}`);
      const table: LockRequest[] = names.map((owner, index) => ({
        ...{ owner, path: `p${index}`, mode: 'X', granted: true, token: index },
      }));
      for (const [index, owner] of names.entries()) {
        const ask = { owner, path: `p${(index + 1) % length}`, mode: 'X' as const };
        const verdict = askLock(ask, table);
        if (index === length - 1) {
          expect(verdict).toMatchObject({ do: 'refuse', why: 'deadlock' });
          expect(
            verdict.do === 'refuse' && verdict.why === 'deadlock' && verdict.chain.length,
          ).toBe(length);
        } else {
          expect(verdict).toEqual({ do: 'wait' });
          table.push({ ...ask, granted: false, token: 100 + index });
        }
      }
    }
  });
});

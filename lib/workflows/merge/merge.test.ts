import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { type Draft, draftParts, readDraft, writeDraft } from '../draft/draft';
import type { Json } from '../draft/draft-value';
import { addRow, setField, setMeta, setPolicy } from '../edits/edits';
import { definitionSchema } from '../schema';
import { catalogue as strategies } from './catalogue';
import { type FoundClash, watchClashes } from './conflicts';
import { type LostValue, setAt, settleClash } from './resolve-conflict';

const config = z.strictObject({
  last: z.number().optional(),
  max: z.number().optional().meta({ merge: 'max' }),
  union: z.record(z.string(), z.number()).optional().meta({ merge: 'union' }),
  ask: z.string().optional().meta({ merge: 'ask' }),
  text: z.string().default('').meta({ merge: 'text' }),
  rows: z.array(z.strictObject({ id: z.string(), label: z.string() })).optional(),
});
const catalogue = { box: { config } };
/** Many trials on a machine that may be busy. */
const slow = { timeout: 180_000 };
const remote = Symbol('remote');
const place = (field: string) => ({ part: 'nodes', id: 'n', path: ['config', field] }) as const;

type Copy = {
  draft: Draft;
  clashes: FoundClash[];
  told: LostValue[];
  field(name: string): unknown;
};

/** Copies of one draft; client ids as given. */
function copies(ids: number[], settles: boolean): Copy[] {
  const base = new Y.Doc();
  base.clientID = 1;
  const origin = {};
  const node = {
    id: 'n',
    key: 'n',
    type: 'box',
    name: 'Box',
    position: { x: 0, y: 0 },
    config: {},
  };
  writeDraft(
    { doc: base, catalogue, origin },
    definitionSchema.parse({ name: 'W', nodes: [node], edges: [] }),
  );
  const state = Y.encodeStateAsUpdate(base);
  return ids.map((id) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state, remote);
    doc.clientID = id;
    const copy: Copy = {
      draft: { doc, catalogue, origin: { id } },
      clashes: [],
      told: [],
      field: (name) => readDraft(doc, catalogue).nodes[0]?.config[name],
    };
    watchClashes(
      doc,
      (transaction) => transaction.origin === remote,
      (clash) => {
        copy.clashes.push(clash);
        const told = settles ? settleClash(copy.draft, clash) : undefined;
        if (told) copy.told.push(told);
      },
    );
    return copy;
  });
}

function send(from: Copy, to: Copy) {
  const vector = Y.encodeStateVector(to.draft.doc);
  Y.applyUpdate(to.draft.doc, Y.encodeStateAsUpdate(from.draft.doc, vector), remote);
}

/** Everybody gets everything, until nothing more comes of it. */
function exchange(all: Copy[]) {
  for (let round = 0; round <= all.length; round += 1) {
    for (const from of all) for (const to of all) if (from !== to) send(from, to);
  }
}

function expectEqual(all: Copy[]) {
  const [first, ...rest] = all.map(({ draft }) => readDraft(draft.doc, catalogue));
  for (const other of rest) expect(other).toEqual(first);
}

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('of two who set a field at once exactly one is told, in 1,000 random trials', slow, () => {
  const random = numbers(7);
  for (let trial = 0; trial < 1_000; trial += 1) {
    const ids = random(2) === 0 ? [10, 20] : [20, 10];
    const both = copies(ids, false);
    const [a, b] = both as [Copy, Copy];
    if (random(2) === 0) {
      setField(a.draft, 'n', ['last'], -1);
      exchange(both);
    }
    for (const [index, copy] of both.entries()) {
      for (let set = random(3); set >= 0; set -= 1) {
        setField(copy.draft, 'n', ['last'], 1_000 * (index + 1) + trial * 3 + set);
      }
    }
    const mine = both.map((copy) => copy.field('last'));
    exchange(both);
    expectEqual(both);
    const stands = a.field('last');
    const [loser, winner] = stands === mine[0] ? [b, a] : [a, b];
    expect(winner.clashes).toEqual([]);
    expect(loser.clashes).toMatchObject([
      { place: place('last'), mine: mine[both.indexOf(loser)], theirs: stands },
    ]);
    setAt(loser.draft, place('last'), loser.clashes[0]?.mine);
    exchange(both);
    expectEqual(both);
    expect(winner.field('last')).toBe(mine[both.indexOf(loser)]);
    expect(winner.clashes.length + loser.clashes.length).toBe(1);
  }
});

test('who sets a field over a value that they have seen takes nothing from anybody', () => {
  const random = numbers(11);
  for (let trial = 0; trial < 500; trial += 1) {
    const both = copies([10, 20], false);
    for (let turn = 0; turn < 6; turn += 1) {
      const from = both[random(2)] as Copy;
      setField(from.draft, 'n', ['last'], trial * 10 + turn);
      if (random(2) === 0) setField(from.draft, 'n', ['last'], undefined);
      exchange(both);
    }
    expect(both.flatMap((copy) => copy.clashes)).toEqual([]);
  }
});

test(
  'strategies end alike for up to five people in any order, in 1,000 random trials',
  slow,
  () => {
    const random = numbers(23);
    for (let trial = 0; trial < 1_000; trial += 1) {
      const all = copies([11, 7, 31, 19, 3].slice(0, 2 + random(4)), true);
      const largest = Math.max(
        ...all.map((copy) => {
          const value = random(100);
          setField(copy.draft, 'n', ['max'], value);
          return value;
        }),
      );
      for (const [index, copy] of all.entries()) {
        setField(copy.draft, 'n', ['union'], { [`k${index}`]: index, shared: 1 });
        addRow(copy.draft, 'n', 'rows', { id: `r${index}`, label: 'row' });
      }
      for (let step = 0; step < 6; step += 1) {
        const from = all[random(all.length)] as Copy;
        const to = all[random(all.length)] as Copy;
        if (from !== to) send(from, to);
      }
      exchange(all);
      expectEqual(all);
      const [first] = all as [Copy];
      expect(first.field('max')).toBe(largest);
      const union = first.field('union') as Record<string, number>;
      expect(Object.keys(union).sort()).toEqual(
        [...all.keys()].map((i) => `k${i}`).concat('shared'),
      );
      const rows = (first.field('rows') as { id: string }[]).map((row) => row.id);
      expect(rows.sort()).toEqual([...all.keys()].map((i) => `r${i}`));
    }
  },
);

test('two who begin a list at once, of a draft older than its field, keep the rows of both', () => {
  const both = copies([10, 20], true);
  const [a, b] = both as [Copy, Copy];
  for (const { draft } of both) {
    const config = (draftParts(draft.doc).nodes.get('n') as Y.Map<Y.Map<unknown>>).get('config');
    config?.delete('rows');
  }
  exchange(both);
  addRow(a.draft, 'n', 'rows', { id: 'a', label: 'a' });
  addRow(b.draft, 'n', 'rows', { id: 'b', label: 'b' });
  exchange(both);
  expectEqual(both);
  expect(b.field('rows')).toEqual([
    { id: 'b', label: 'b' },
    { id: 'a', label: 'a' },
  ]);
});

test('what is asked is told with both values, and waits', () => {
  const both = copies([10, 20], true);
  const [a, b] = both as [Copy, Copy];
  setField(a.draft, 'n', ['ask'], 'mine');
  setField(b.draft, 'n', ['ask'], 'theirs');
  exchange(both);
  expect(a.told).toEqual([{ place: place('ask'), mine: 'mine', theirs: 'theirs', asks: true }]);
  expect(b.told).toEqual([]);
});

test('two parts of a policy set at once both stay', () => {
  const both = copies([10, 20], true);
  const [a, b] = both as [Copy, Copy];
  setPolicy(a.draft, 'n', { timeoutMs: 5_000 });
  setPolicy(b.draft, 'n', { retry: { attempts: 5, backoffMs: 1, maxBackoffMs: 2 } });
  exchange(both);
  const policy = readDraft(b.draft.doc, catalogue).nodes[0]?.policy;
  expect(policy).toEqual({
    timeoutMs: 5_000,
    retry: { attempts: 5, backoffMs: 1, maxBackoffMs: 2 },
  });
  expect([...a.told, ...b.told]).toEqual([]);
});

test('the time limit of the workflow is the larger one; its name tells who lost', () => {
  const both = copies([10, 20], true);
  const [a, b] = both as [Copy, Copy];
  setMeta(a.draft, { timeoutMs: 60_000, name: 'Ana' });
  setMeta(b.draft, { timeoutMs: 30_000, name: 'Ben' });
  exchange(both);
  expectEqual(both);
  expect(readDraft(b.draft.doc, catalogue)).toMatchObject({ timeoutMs: 60_000, name: 'Ben' });
  expect(a.told).toMatchObject([{ place: { part: 'meta', path: ['name'] }, mine: 'Ana' }]);
});

test('an edit of an earlier tab that comes too late is told', () => {
  const [late, other, reopened] = copies([10, 20, 30], true) as [Copy, Copy, Copy];
  setField(late.draft, 'n', ['last'], 1);
  setField(other.draft, 'n', ['last'], 2);
  send(other, reopened);
  const kept = Y.encodeStateAsUpdate(late.draft.doc);
  Y.applyUpdate(reopened.draft.doc, kept, 'kept');
  expect(reopened.field('last')).toBe(2);
  expect(reopened.told).toMatchObject([{ mine: 1, theirs: 2 }]);
});

test('each strategy merges by its own rule', () => {
  const resolve = (name: string, mine: Json, theirs: Json, before?: Json) =>
    strategies[name]?.resolve({ mine, theirs, before });
  expect(resolve('max', 5, 3)).toEqual({ value: 5, lost: false });
  expect(resolve('max', 'x', 3)).toEqual({ value: 3, lost: true });
  expect(resolve('union', ['a', 'b'], ['a', 'c'], ['a'])).toEqual({
    value: ['a', 'c', 'b'],
    lost: false,
  });
  expect(resolve('union', { a: 1, b: 2 }, { a: 3 }, { a: 0 })).toEqual({
    value: { a: 3, b: 2 },
    lost: true,
  });
  expect(resolve('union', { b: 2 }, { a: 1, b: 2 }, { a: 1, b: 1 })).toEqual({
    value: { b: 2 },
    lost: false,
  });
  expect(resolve('text', 'mine', 'theirs')).toEqual({ value: 'theirs\nmine', lost: false });
});

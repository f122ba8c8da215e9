import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { draftParts } from '@/lib/workflows/draft/draft';
import { deepUpdate, editAtRandom, mutate, randomOf, updatesOf } from '../testing/updates';
import { inspectUpdate, judgeUpdate, nestsTooDeeply } from './guard';

const all = () => true;
const knownOf = (doc: Y.Doc) => (client: number) => Y.getState(doc.store, client);

/** The verdict on an update by a server that has `doc`. */
function verdict(update: Uint8Array, doc = new Y.Doc(), owns: (client: number) => boolean = all) {
  const inspection = inspectUpdate(update);
  return 'code' in inspection ? inspection : judgeUpdate(inspection, knownOf(doc), owns);
}

test('every honest update passes, one by one and merged', () => {
  const random = randomOf(7);
  const people = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  const server = new Y.Doc();
  let passed = 0;
  for (let i = 0; i < 900; i += 1) {
    const doc = people[i % 3];
    if (!doc) continue;
    const updates = updatesOf(doc, () => {
      for (let n = random() * 3; n > 0; n -= 1) editAtRandom(doc, random, `n${i}_${Math.ceil(n)}`);
    });
    if (updates.length === 0) continue;
    const update = Y.mergeUpdates(updates);
    expect(verdict(update, server, (client) => client === doc.clientID)).toBeUndefined();
    Y.applyUpdate(server, update);
    expect(server.store.pendingStructs ?? server.store.pendingDs).toBeNull();
    for (const other of people) {
      if (random() < 0.3) continue;
      const missing = Y.encodeStateAsUpdate(server, Y.encodeStateVector(other));
      Y.applyUpdate(other, missing, 'remote');
    }
    passed += 1;
  }
  expect(passed).toBeGreaterThan(600);
});

test('bombs, V2, gaps, foreign ids, broken delete sets and foreign content are refused', () => {
  const honest = new Y.Doc();
  draftParts(honest).nodes.set('a', new Y.Map([['x', 1]]));
  const update = Y.encodeStateAsUpdate(honest);
  const code = (bytes: number[] | Uint8Array) => verdict(Uint8Array.from(bytes))?.code;
  const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
  expect(code([])).toBe('invalid_input');
  expect(code([...huge, 0])).toBe('invalid_input');
  expect(code([1, ...huge, 1, 0])).toBe('invalid_input');
  // 8: any, with a length that would reserve gigabytes.
  expect(code([1, 1, 1, 0, 8, 1, 5, ...Buffer.from('nodes'), ...huge, 0])).toBe('invalid_input');
  expect(code([0, 1, 1, ...huge])).toBe('invalid_input');
  expect(code(Y.encodeStateAsUpdateV2(honest))).toBe('invalid_input');
  expect(code([...update, 0])).toBe('invalid_input');
  expect(code(update.slice(0, -1))).toBe('invalid_input');
  expect(code(Buffer.alloc(262_145))).toBe('too_large');
  expect(verdict(update, new Y.Doc(), () => false)?.code).toBe('forbidden');
  // Its deletion names what nobody has.
  expect(code([0, 1, 5, 1, 0, 3])).toBe('resync');
  const [, second] = updatesOf(honest, () => {
    draftParts(honest).nodes.set('b', 1);
    draftParts(honest).nodes.set('c', 1);
  });
  expect(verdict(second ?? update)?.code).toBe('resync');
  const foreign: ((doc: Y.Doc) => void)[] = [
    (doc) => doc.getMap('other').set('a', 1),
    (doc) => doc.getMap('nodes').set('a', new Uint8Array(4)),
    (doc) => doc.getMap('nodes').set('a', new Y.Doc()),
    (doc) => doc.getMap('nodes').set('a', new Y.XmlElement('script')),
    (doc) => doc.getMap('nodes').set('__proto__', 1),
    (doc) => doc.getMap('nodes').set('a', JSON.parse('{"__proto__": {"admin": true}}')),
    (doc) => doc.getText('nodes').insert(0, 'x', { bold: true }),
    (doc) => doc.getMap('nodes').set('a', nested(40)),
  ];
  for (const change of foreign) {
    const doc = new Y.Doc();
    expect(updatesOf(doc, () => change(doc)).map((bytes) => verdict(bytes)?.code)).toEqual([
      'invalid_input',
    ]);
  }
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

test('types nest sixteen deep and not one deeper, in one update or in several', () => {
  const deep = (doc: Y.Doc, update: Uint8Array | undefined) => {
    const inspection = inspectUpdate(update ?? new Uint8Array());
    if ('code' in inspection) throw new Error(inspection.message);
    return nestsTooDeeply(inspection, knownOf(doc), ({ client, clock }) => {
      let item: Y.Item | null = Y.getItem(doc.store, Y.createID(client, clock));
      let types = -1;
      for (; item; types += 1) item = (item.parent as Y.AbstractType<unknown>)._item;
      return types;
    });
  };
  const empty = new Y.Doc();
  expect(deep(empty, deepUpdate(16))).toBe(false);
  expect(deep(empty, deepUpdate(17))).toBe(true);
  expect(deep(empty, deepUpdate(5_000))).toBe(true);
  const doc = new Y.Doc();
  let at: Y.Map<unknown> = draftParts(doc).nodes;
  const verdicts: boolean[] = [];
  for (let i = 0; i < 17; i += 1) {
    const server = new Y.Doc();
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
    const inner = new Y.Map<unknown>();
    // Beside a value that was set in the same update, a type lies as deep as that value.
    const [update] = updatesOf(doc, () =>
      doc.transact(() => {
        at.set('x', 'plain');
        at.set('x', inner);
      }),
    );
    verdicts.push(deep(server, update));
    at = inner;
  }
  expect(verdicts).toEqual([...Array(16).fill(false), true]);
});

test('mutants are judged without throwing, and quickly', () => {
  const random = randomOf(11);
  const doc = new Y.Doc();
  const honest = updatesOf(doc, () => {
    for (let i = 0; i < 500; i += 1) editAtRandom(doc, random, `n${i}`);
  });
  const count = 100_000;
  let refused = 0;
  const began = performance.now();
  for (let i = 0; i < count; i += 1) {
    const base = honest[Math.floor(random() * honest.length)];
    if (base && verdict(mutate(base, honest, random), doc)) refused += 1;
  }
  const mutants = (performance.now() - began) / count;
  const again = performance.now();
  for (let i = 0; i < count; i += 1) verdict(honest[i % honest.length] ?? new Uint8Array(), doc);
  const honestly = (performance.now() - again) / count;
  process.stderr.write(
    `guard: ${count} mutants, ${refused} refused, ${(mutants * 1_000).toFixed(1)} µs each with the mutation; ` +
      `${count} honest updates, ${(honestly * 1_000).toFixed(1)} µs each\n`,
  );
  expect(refused).toBeGreaterThan(count / 2);
});

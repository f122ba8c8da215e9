import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { draftParts } from '@/lib/workflows/draft/draft';
import { inspectUpdate } from './guard';
import { Places } from './places';

/** A draft whose one text client 1 wrote as two letters, the second one behind the first or before it. */
function draftWith(second: 'behind' | 'before'): { doc: Y.Doc; text: Y.Text } {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = new Y.Text();
  draftParts(doc).nodes.set('step', new Y.Map([['prompt', text]]));
  text.insert(0, 'a');
  text.insert(second === 'behind' ? 1 : 0, 'b');
  return { doc, text };
}

/** What client 2 sends for a letter between the two of this draft. */
function between({ doc, text }: ReturnType<typeof draftWith>): Uint8Array {
  doc.clientID = 2;
  const before = Y.encodeStateVector(doc);
  text.insert(1, 'x');
  return Y.encodeStateAsUpdate(doc, before);
}

function isMisplaced(server: Y.Doc, update: Uint8Array): boolean {
  const inspection = inspectUpdate(update);
  if (!('structs' in inspection)) throw new Error('it was refused before');
  return new Places(() => server).read(inspection, (client) => Y.getState(server.store, client))
    .misplaced;
}

it('takes what stands between two letters, and refuses what names them the wrong way round', () => {
  const { doc: server } = draftWith('behind');
  expect(isMisplaced(server, between(draftWith('behind')))).toBe(false);
  expect(isMisplaced(server, between(draftWith('before')))).toBe(true);
});

it('takes typing, deleting and undoing of several at once', () => {
  const server = draftWith('behind').doc;
  const copies = [2, 3].map((client) => {
    const { doc, text } = draftWith('behind');
    doc.clientID = client;
    return { doc, text, undo: new Y.UndoManager(text) };
  });
  let taken = 0;
  for (let round = 0; round < 200; round += 1) {
    const copy = copies[round % 2];
    if (!copy) continue;
    const { doc, text, undo } = copy;
    const before = Y.encodeStateVector(doc);
    const at = (round * 7) % (text.length + 1);
    if (round % 11 === 10) undo.undo();
    else if (round % 5 === 4 && text.length > 2) text.delete(Math.min(at, text.length - 1), 1);
    else text.insert(at, `w${round}`);
    const update = Y.encodeStateAsUpdate(doc, before);
    expect(isMisplaced(server, update)).toBe(false);
    Y.applyUpdate(server, update);
    taken += 1;
    // They hear of each other now and then.
    if (round % 6 === 0)
      for (const { doc: each } of copies) Y.applyUpdate(each, Y.encodeStateAsUpdate(server));
  }
  expect(taken).toBe(200);
});

it('refuses what it cannot follow to its end, instead of letting it pass', () => {
  const server = new Y.Doc();
  server.clientID = 1;
  const text = new Y.Text();
  draftParts(server).nodes.set('step', new Y.Map([['prompt', text]]));
  // Every second letter is deleted, so that each is an item of its own: more of them than are followed.
  text.insert(0, 'first');
  server.transact(() => {
    for (let i = 0; i < 205_000; i += 1) text.insert(0, i % 2 === 0 ? 'a' : 'b');
  });
  text.insert(0, 'last');
  const copy = new Y.Doc();
  copy.clientID = 2;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(server));
  const shared = draftParts(copy).nodes.get('step') as Y.Map<Y.Text>;
  const before = Y.encodeStateVector(copy);
  shared.get('prompt')?.insert(2, 'x');
  const update = Y.encodeStateAsUpdate(copy, before);
  const inspection = inspectUpdate(update);
  if (!('structs' in inspection)) throw new Error('it was refused before');
  const [struct] = inspection.structs;
  if (!struct) throw new Error('there is no struct');
  // The same struct, said to stand between the two ends of the text.
  const ends = text._start;
  let end = ends;
  while (end?.right) end = end.right;
  const id = (item: Y.Item | null) => ({
    client: item?.id.client ?? 0,
    clock: item?.id.clock ?? 0,
  });
  const far = { ...struct, beside: id(ends), before: id(end) };
  const known = (client: number) => Y.getState(server.store, client);
  const places = new Places(() => server);
  expect(places.read(inspection, known)).toMatchObject({ misplaced: false, undecided: false });
  const reading = places.read({ ...inspection, structs: [far] }, known);
  expect(reading).toMatchObject({ misplaced: false, undecided: true });
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createObservable } from '@/components/observable/observable';
import { catalogue } from '@/lib/nodes/catalogue';
import { firstHeldClientId } from '@/lib/suggestions/schema';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import { setField, textOf } from '@/lib/workflows/edits/edits';
import type { DraftCopy } from './draft-status';
import { createFork } from './fork';
import type { PresenceChange } from './presence';

function copyOf(): { copy: DraftCopy; heard: PresenceChange[] } {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const draft: Draft = { doc, catalogue, origin: 'me' };
  const position = { x: 0, y: 0 };
  const config = { prompt: 'middle' };
  const node = { id: 'a', key: 'a', type: 'agent', name: 'A', position, config };
  writeDraft(draft, { schema: 1, name: 'Plan', description: '', nodes: [node], edges: [] });
  const heard: PresenceChange[] = [];
  const presence = {
    others: createObservable([]),
    set: (change: PresenceChange) => void heard.push(change),
  };
  const undo = new Y.UndoManager([doc.getMap('nodes')]);
  const clashes = createObservable([]);
  const through: DraftCopy['through'] = (_, change) => change();
  const expectEdit = () => () => undefined;
  const parts = { expectEdit, doc, draft, undo, presence, clashes, through };
  const copy: DraftCopy = { ...parts, generation: 1, clientId: 7, userId: 'ana' };
  return { copy, heard };
}
const prompt = (draft: Draft) => textOf(draft, 'a', ['prompt'])?.toString();

test('a fork follows the draft, keeps its edits to itself, and undoes them alone', () => {
  const { copy } = copyOf();
  const fork = createFork(copy);
  expect(fork.held()).toBeUndefined();
  setField(fork.draft, 'a', ['prompt'], 'middle, suggested');
  setField(copy.draft, 'a', ['prompt'], 'first middle');
  expect(prompt(copy.draft)).toBe('first middle');
  expect(prompt(fork.draft)).toBe('first middle, suggested');
  expect(fork.doc.clientID).toBeGreaterThanOrEqual(firstHeldClientId);
  fork.undo.undo();
  expect(prompt(fork.draft)).toBe('first middle');
  fork.undo.redo();

  const held = fork.held();
  const clients = new Set(
    Y.decodeUpdate(held ?? new Uint8Array()).structs.map(({ id }) => id.client),
  );
  expect(clients).toEqual(new Set([fork.clientId]));
  fork.close();
  setField(copy.draft, 'a', ['prompt'], 'first middle!');
  expect(prompt(fork.draft)).toBe('first middle, suggested');

  const again = createFork(copy, held);
  expect(prompt(again.draft)).toBe('first middle!, suggested');
  expect(again.held()).toBeDefined();
  expect(again.undo.canUndo()).toBe(false);
});

test('what was held back by many tabs is made anew under one id', () => {
  const { copy } = copyOf();
  let held: Uint8Array | undefined;
  for (let tab = 0; tab < 40; tab += 1) {
    const fork = createFork(copy, held);
    setField(fork.draft, 'a', ['prompt'], `${prompt(fork.draft)}.`);
    held = fork.held();
    fork.close();
    const clients = new Set(
      Y.decodeUpdate(held ?? new Uint8Array()).structs.map(({ id }) => id.client),
    );
    expect(clients.size).toBeLessThanOrEqual(32);
  }
  const last = createFork(copy, held);
  expect(readDraft(last.doc, catalogue).nodes[0]?.config.prompt).toBe(`middle${'.'.repeat(40)}`);
});

test('others see where a suggesting person is, and neither carets nor drags', () => {
  const { copy, heard } = copyOf();
  const fork = createFork(copy);
  fork.presence.set({ drag: { a: { x: 1, y: 1 } }, cursor: { x: 2, y: 2 } });
  fork.presence.set({ focus: { nodeId: 'a', field: 'prompt', caret: { anchor: 1, head: 2 } } });
  expect(heard).toEqual([
    { cursor: { x: 2, y: 2 }, suggesting: true },
    { focus: { nodeId: 'a', field: 'prompt' }, suggesting: true },
  ]);
});

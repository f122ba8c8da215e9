import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { canonicalText } from '../definition/canonical';
import { draftParts, readDraft, writeDraft } from '../draft/draft';
import { catalogue, definition, draft, edge, node } from '../testing/draft-fixture';
import { restoreDraft } from './restore';

const updateLimit = 262_144;
const large = (word: string, count: number) =>
  definition({
    name: word,
    nodes: Array.from({ length: count }, (_, i) =>
      node(`${word}${i}`, { prompt: `ä${word} ${i} `.repeat(1_500), format: 'plain' }),
    ),
    edges: Array.from({ length: count - 1 }, (_, i) =>
      edge(`e${word}${i}`, `${word}${i}`, `${word}${i + 1}`),
    ),
  });

test('a large state comes back in updates that the server takes, and goes in one step', () => {
  const made = draft();
  const [first, second] = [large('a', 60), large('b', 60)];
  writeDraft(made, second);
  const undo = new Y.UndoManager(Object.values(draftParts(made.doc)), {
    trackedOrigins: new Set(['me']),
    captureTimeout: 60_000,
  });
  const sizes: number[] = [];
  made.doc.on('update', (update: Uint8Array) => sizes.push(update.byteLength));
  restoreDraft({ ...made, onEdit: () => undo.stopCapturing() }, first);
  expect(canonicalText(readDraft(made.doc, catalogue)) === canonicalText(first)).toBe(true);
  expect(sizes.length).toBeGreaterThan(5);
  expect(Math.max(...sizes)).toBeLessThan(updateLimit);
  expect(undo.undoStack).toHaveLength(1);
  undo.undo();
  expect(canonicalText(readDraft(made.doc, catalogue)) === canonicalText(second)).toBe(true);
});

test('a small one is one edit, and none where nobody may edit', () => {
  const made = draft();
  let updates = 0;
  made.doc.on('update', () => {
    updates += 1;
  });
  restoreDraft({ ...made, readOnly: () => true }, large('a', 2));
  expect(updates).toBe(0);
  restoreDraft(made, large('a', 2));
  expect(updates).toBe(1);
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { addRow, moveRow, removeRow, setField, textOf } from '../edits/edits';
import { definitionSchema } from '../schema';
import { type Draft, draftParts, readDraft, writeDraft } from './draft';

const row = z.strictObject({
  id: z.string(),
  label: z.string().default('').meta({ widget: 'text' }),
});
const catalogue = { list: { config: z.strictObject({ rows: z.array(row).default([]) }) } };
const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id }));

function draftOf(state?: Uint8Array): Draft {
  const draft = { doc: new Y.Doc(), catalogue, origin: {} };
  if (state) Y.applyUpdate(draft.doc, state);
  else {
    const node = { id: 'n', key: 'n', type: 'list', name: 'List', position: { x: 0, y: 0 } };
    const nodes = [{ ...node, config: { rows: items } }];
    writeDraft(draft, definitionSchema.parse({ name: 'W', nodes, edges: [] }));
  }
  return draft;
}

const ids = ({ doc }: Draft) => {
  const rows = (readDraft(doc, catalogue).nodes[0]?.config.rows ?? []) as { id: string }[];
  return rows.map(({ id }) => id).join('');
};
const arrayOf = ({ doc }: Draft) => {
  const node = draftParts(doc).nodes.get('n') as Y.Map<Y.Map<Y.Array<Y.Map<unknown>>>>;
  return node.get('config')?.get('rows') as Y.Array<Y.Map<unknown>>;
};

function exchange(a: Draft, b: Draft) {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
  }
}

test('a row that moves stays the same row, with what others type into it meanwhile', () => {
  const a = draftOf();
  const b = draftOf(Y.encodeStateAsUpdate(a.doc));
  const moved = arrayOf(a).get(0);
  moveRow(a, 'n', 'rows', 'a', 2);
  textOf(b, 'n', ['rows', 'a', 'label'])?.insert(1, ' typed');
  exchange(a, b);
  for (const draft of [a, b]) {
    expect(ids(draft)).toBe('bcad');
    expect(textOf(draft, 'n', ['rows', 'a', 'label'])?.toString()).toBe('a typed');
    expect(textOf(draft, 'n', ['rows', 2, 'label'])?.toString()).toBe('a typed');
  }
  expect(arrayOf(a).toArray()).toContain(moved);
});

test('rows that come and go leave the others in their order', () => {
  const draft = draftOf();
  moveRow(draft, 'n', 'rows', 'a', 2);
  removeRow(draft, 'n', 'rows', 'b');
  expect(ids(draft)).toBe('cad');
  addRow(draft, 'n', 'rows', { id: 'e', label: '' });
  expect(ids(draft)).toBe('cade');
  addRow(draft, 'n', 'rows', { id: 'f', label: '' }, 1);
  expect(ids(draft)).toBe('cfade');
  moveRow(draft, 'n', 'rows', 'e', -9);
  expect(ids(draft)).toBe('ecfad');
});

test('a list that is written as a whole keeps the rows that it names', () => {
  const draft = draftOf();
  const before = arrayOf(draft).toArray();
  const [a, b, c, d] = items;
  setField(
    draft,
    'n',
    ['rows'],
    [d, { id: 'x', label: 'x' }, a, c].map((each) => ({ ...each }) as never),
  );
  expect(ids(draft)).toBe('dxac');
  const after = arrayOf(draft).toArray();
  expect(before.filter((each) => after.includes(each))).toHaveLength(3);
  expect(b?.id).toBe('b');
});

test('two who move rows at once end with the same order', () => {
  const a = draftOf();
  const b = draftOf(Y.encodeStateAsUpdate(a.doc));
  moveRow(a, 'n', 'rows', 'a', 3);
  moveRow(b, 'n', 'rows', 'd', -3);
  exchange(a, b);
  expect(ids(a)).toBe(ids(b));
  expect([...ids(a)].sort().join('')).toBe('abcd');
});

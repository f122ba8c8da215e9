import { expect, it } from 'vitest';
import { fromClipboardText, toClipboardText } from './clipboard';
import type { DraftNode } from './graph';

const node = (id: string, more: Partial<DraftNode> = {}): DraftNode => ({
  id,
  type: 'model',
  key: `key_${id.slice(0, 1)}`,
  name: id,
  position: { x: 0, y: 0 },
  config: { prompt: 'x' },
  ...more,
});
const long = '7c7c1c3e-58c6-4c5c-9a52-7f3b4b9a0001';
const content = {
  nodes: [node(long, { group: long, color: 'red' }), node('b', { group: 'elsewhere' })],
  edges: [{ id: long, source: long, sourcePort: 'out', target: 'b', targetPort: 'in' }],
  groups: [{ id: long, name: 'Fetch' }],
  notes: [{ id: long, text: 'read', position: { x: 0, y: 0 }, width: 240, height: 160 }],
};

it('is read back with ids of its own', () => {
  const text = toClipboardText(content);
  expect(text.replaceAll(`"name": "${long}"`, '')).not.toContain(`"id": "${long}"`);
  const read = fromClipboardText(text);
  expect(read?.nodes).toMatchObject([
    { id: 'step-1', group: 'group-1', color: 'red' },
    { id: 'step-2' },
  ]);
  expect(read?.nodes[1]?.group).toBeUndefined();
  expect(read?.edges[0]).toMatchObject({ source: 'step-1', target: 'step-2' });
  expect(read?.notes[0]).toMatchObject({ id: 'note-1', text: 'read' });
});

it('takes notes alone, and the older form without groups and notes', () => {
  expect(
    fromClipboardText(toClipboardText({ ...content, nodes: [], edges: [] }))?.notes,
  ).toHaveLength(1);
  const old = JSON.stringify({ ensemble: 'steps', schema: 1, nodes: [node('a')], edges: [] });
  expect(fromClipboardText(old)?.nodes).toHaveLength(1);
});

it.each(['', 'hello', '{"ensemble":"steps"}', '{"ensemble":"steps","schema":1,"nodes":[]}'])(
  'leaves %j alone',
  (text) => {
    expect(fromClipboardText(text)).toBeUndefined();
  },
);

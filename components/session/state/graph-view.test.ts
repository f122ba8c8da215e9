import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createGraphView } from './graph-view';

let frames: FrameRequestCallback[];
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => {});
});
afterEach(() => vi.unstubAllGlobals());

function addNode(doc: Y.Doc, id: string, name = id) {
  const node = new Y.Map<unknown>(Object.entries({ type: 'model', key: id, name, x: 0, y: 0 }));
  const config = new Y.Map<unknown>();
  config.set('prompt', new Y.Text('hi'));
  node.set('config', config);
  doc.getMap('nodes').set(id, node);
}

function promptOf(doc: Y.Doc, id: string) {
  const node = doc.getMap('nodes').get(id) as Y.Map<unknown>;
  return (node.get('config') as Y.Map<unknown>).get('prompt') as Y.Text;
}

describe('createGraphView', () => {
  it('reads a document and shows own edits at once', () => {
    const doc = new Y.Doc();
    addNode(doc, 'a');
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    expect(view.get().nodes.get('a')).toMatchObject({ name: 'a', config: { prompt: 'hi' } });
    addNode(doc, 'b');
    expect([...view.get().nodes.keys()]).toEqual(['a', 'b']);
  });

  it('keeps the identity of what did not change', () => {
    const doc = new Y.Doc();
    addNode(doc, 'a');
    addNode(doc, 'b');
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    const before = view.get();
    promptOf(doc, 'a').insert(2, '!');
    addNode(doc, 'c');
    const after = view.get();
    expect(after.nodes.get('a')?.config).toEqual({ prompt: 'hi!' });
    expect(after.nodes.get('b')).toBe(before.nodes.get('b'));
    expect(after.edges).toBe(before.edges);
  });

  it('lets letters stand in their field first, and shows many of them together', () => {
    vi.useFakeTimers();
    const doc = new Y.Doc();
    addNode(doc, 'a');
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    let shown = 0;
    view.subscribe(() => {
      shown += 1;
    });
    for (const letter of 'abc') promptOf(doc, 'a').insert(0, letter);
    expect(shown).toBe(0);
    vi.runAllTimers();
    expect([shown, view.get().nodes.get('a')?.config]).toEqual([1, { prompt: 'cbahi' }]);
    vi.useRealTimers();
  });

  it('follows a change of the order, and of what a value is', () => {
    const doc = new Y.Doc();
    for (const id of ['a', 'b']) addNode(doc, id);
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    const a = doc.getMap('nodes').get('a') as Y.Map<unknown>;
    a.set('order', 7);
    expect([...view.get().nodes.keys()]).toEqual(['b', 'a']);
    a.set('type', '');
    expect([...view.get().nodes.keys()]).toEqual(['b']);
    a.set('type', 'model');
    expect([...view.get().nodes.keys()]).toEqual(['b', 'a']);
  });

  it('gathers the edits of others into one frame', () => {
    const doc = new Y.Doc();
    const other = new Y.Doc();
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    let shown = 0;
    view.subscribe(() => {
      shown += 1;
    });
    other.on('update', (update) => Y.applyUpdate(doc, update));
    for (const id of ['a', 'b', 'c']) addNode(other, id);
    expect([shown, frames.length]).toEqual([0, 1]);
    frames[0]?.(0);
    expect([shown, view.get().nodes.size]).toEqual([1, 3]);
  });

  it('takes no notice of own edits that come back', () => {
    const doc = new Y.Doc();
    addNode(doc, 'a');
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(doc));
    expect(frames).toEqual([]);
  });

  it('does not let moves of others hurry letters', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const doc = new Y.Doc();
    for (const id of ['a', 'b']) addNode(doc, id);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.on('update', (update) => Y.applyUpdate(doc, update));
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    const before = view.get().nodes.get('a');
    promptOf(doc, 'a').insert(0, 'x');
    (other.getMap('nodes').get('b') as Y.Map<unknown>).set('x', 9);
    frames[0]?.(0);
    expect(view.get().nodes.get('b')?.position.x).toBe(9);
    expect(view.get().nodes.get('a')).toBe(before);
    vi.runAllTimers();
    expect(view.get().nodes.get('a')?.config).toEqual({ prompt: 'xhi' });
    vi.useRealTimers();
  });

  it('survives elements of the wrong shape', () => {
    const doc = new Y.Doc();
    doc.getMap('nodes').set('x', 'not a map');
    doc.getMap('edges').set('e', new Y.Map([['source', 'x']]));
    const view = createGraphView({ doc, catalogue: {} });
    view.start();
    expect(view.get().nodes.size + view.get().edges.size).toBe(0);
  });
});

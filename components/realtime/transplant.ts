import * as Y from 'yjs';
import {
  type Draft,
  draftParts,
  entryOf,
  readEdge,
  readNode,
  setOrDelete,
  writeEdge,
  writeNode,
} from '@/lib/workflows/draft';

/** Which parts of a draft a person changed: ids of nodes and edges, names of meta fields. */
export type Touched = { nodes: Set<string>; edges: Set<string>; meta: Set<string> };

export const nothingTouched = (): Touched => ({
  nodes: new Set(),
  edges: new Set(),
  meta: new Set(),
});

/** Notes what a transaction changed. */
export function noteTouched(touched: Touched, transaction: Y.Transaction, doc: Y.Doc): void {
  const parts = draftParts(doc);
  for (const [type, keys] of transaction.changed) {
    for (const name of ['nodes', 'edges', 'meta'] as const) {
      const root: unknown = parts[name];
      if (type === root) for (const key of keys) if (key !== null) touched[name].add(key);
    }
    const top = topOf(type as unknown as Y.AbstractType<unknown>);
    if (top?.root === parts.nodes) touched.nodes.add(top.id);
    if (top?.root === parts.edges) touched.edges.add(top.id);
  }
}

/**
 * Makes the touched parts of `to` say what they say in `from`, by the least edits: how edits survive when the server
 * could not take them as they were. What others changed elsewhere stays.
 */
export function transplant(from: Y.Doc, to: Draft, touched: Touched): void {
  const before = draftParts(from);
  const now = draftParts(to.doc);
  to.doc.transact(() => {
    for (const name of touched.meta) setOrDelete(now.meta, name, before.meta.get(name));
    for (const id of touched.nodes) {
      const node = readNode(id, before.nodes.get(id), to.catalogue);
      if (node) writeNode(entryOf(now.nodes, id), node, to.catalogue);
      else if (now.nodes.has(id)) now.nodes.delete(id);
    }
    for (const id of touched.edges) {
      const edge = readEdge(id, before.edges.get(id));
      if (edge) writeEdge(entryOf(now.edges, id), edge);
      else if (now.edges.has(id)) now.edges.delete(id);
    }
  }, to.origin);
}

/** The node or edge that a nested type belongs to. */
function topOf(type: Y.AbstractType<unknown>): { root: unknown; id: string } | undefined {
  let child: Y.AbstractType<unknown> = type;
  for (;;) {
    const item = child._item;
    if (item === null) return undefined;
    const parent = item.parent;
    if (!(parent instanceof Y.AbstractType)) return undefined;
    if (parent._item === null) {
      return item.parentSub === null ? undefined : { root: parent, id: item.parentSub };
    }
    child = parent;
  }
}

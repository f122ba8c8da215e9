import * as Y from 'yjs';
import { lockedMessage, locksAgainst } from '@/lib/locks/schema';
import type { DraftLock } from '@/lib/realtime/messages';
import {
  type Draft,
  type DraftPart,
  draftParts,
  entryOf,
  readEdge,
  readGroup,
  readNode,
  readNote,
  setOrDelete,
  writeEdge,
  writeGroup,
  writeNode,
  writeNote,
  writeText,
} from '@/lib/workflows/draft/draft';

/** Which parts of a draft a person changed: ids of elements, names of meta fields. */
export type ChangedElements = Record<DraftPart, Set<string>>;

export const nothingChanged = (): ChangedElements => ({
  meta: new Set(),
  nodes: new Set(),
  edges: new Set(),
  groups: new Set(),
  notes: new Set(),
});

/** Notes what a transaction changed. */
export function noteChanged(
  touched: ChangedElements,
  transaction: Y.Transaction,
  doc: Y.Doc,
): void {
  const roots = Object.entries(draftParts(doc)) as [DraftPart, unknown][];
  for (const [type, keys] of transaction.changed) {
    const root = roots.find(([, each]) => each === type)?.[0];
    if (root) for (const key of keys) if (key !== null) touched[root].add(key);
    const top = topOf(type as unknown as Y.AbstractType<unknown>);
    const part = top && roots.find(([, each]) => each === top.root)?.[0];
    if (top && part) touched[part].add(top.id);
  }
}

/**
 * Sets the changed parts of `to` to what they are in `from`, by the fewest edits: how edits survive when the server
 * could not take them as they were. What others changed elsewhere stays.
 */
export function transplant(from: Y.Doc, to: Draft, touched: ChangedElements): void {
  const before = draftParts(from);
  const now = draftParts(to.doc);
  const move = <Element>(
    part: Exclude<DraftPart, 'meta'>,
    read: (id: string, value: unknown) => Element | undefined,
    write: (entry: Y.Map<unknown>, element: Element) => void,
  ) => {
    for (const id of touched[part]) {
      const element = read(id, before[part].get(id));
      if (element) write(entryOf(now[part], id), element);
      else if (now[part].has(id)) now[part].delete(id);
    }
  };
  to.doc.transact(() => {
    for (const name of touched.meta) {
      const value = before.meta.get(name);
      if (value instanceof Y.Text) writeText(now.meta, name, value.toString());
      else setOrDelete(now.meta, name, value);
    }
    move('groups', readGroup, writeGroup);
    move(
      'nodes',
      (id, value) => readNode(id, value, to.catalogue),
      (entry, node) => writeNode(entry, node, to),
    );
    move('edges', readEdge, writeEdge);
    move('notes', readNote, writeNote);
  }, to.origin);
}

/** Divides changes into those that are allowed and those that somebody else's lock forbids, with the reason. */
export function divideByLocks(
  touched: ChangedElements,
  locks: readonly DraftLock[],
  userId: string,
  doc: Y.Doc,
): { free: ChangedElements; locked: ChangedElements; why: string } {
  const [whole] = locksAgainst(locks, userId);
  if (whole) {
    return { free: nothingChanged(), locked: touched, why: lockedMessage(whole, undefined) };
  }
  const { nodes } = draftParts(doc);
  const free = new Set<string>();
  const locked = new Set<string>();
  const reasons = new Set<string>();
  for (const id of touched.nodes) {
    const [lock] = locksAgainst(locks, userId, id);
    const node = nodes.get(id);
    if (lock) {
      locked.add(id);
      reasons.add(lockedMessage(lock, node instanceof Y.Map ? String(node.get('name')) : 'A step'));
    } else free.add(id);
  }
  const [first = ''] = reasons;
  const others = reasons.size > 1 ? ` (and ${reasons.size - 1} more)` : '';
  return {
    free: { ...touched, nodes: free },
    locked: { ...nothingChanged(), nodes: locked },
    why: `${first}${others}`,
  };
}

export const isNothing = (touched: ChangedElements): boolean => sizeOf(touched) === 0;

/** How many elements. */
export const sizeOf = (touched: ChangedElements): number =>
  Object.values(touched).reduce((sum, ids) => sum + ids.size, 0);

/** The element that a nested type belongs to. */
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

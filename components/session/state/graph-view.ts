import * as Y from 'yjs';
import { createObservable, type WritableObservable } from '@/components/observable/observable';
import type { Graph } from '@/lib/canvas/graph';
import {
  type Draft,
  draftParts,
  inOrder,
  readEdge,
  readGroup,
  readMeta,
  readNode,
  readNote,
} from '@/lib/workflows/draft/draft';

/** One's own letters stand in their field at once; cards and lists follow this much later, off the keystroke. */
const typingMs = 90;

const isText = ({ changed }: Y.Transaction) =>
  [...changed.keys()].every((type) => (type as unknown) instanceof Y.Text);

/** Follows one map of elements and rebuilds only those that an event changed. */
function follow<Element>(
  elements: Y.Map<unknown>,
  read: (id: string, value: unknown) => Element | undefined,
) {
  let current = new Map<string, Element>();
  const dirty = new Set<string>(elements.keys());
  /** Where one's own letters stand that may still wait. */
  const typed = new Set<string>();
  /** Whether something came, went or changed its place in the order. */
  let reordered = true;
  const ordered = () => {
    const next = new Map<string, Element>();
    for (const [id, value] of inOrder(elements)) {
      const element = dirty.has(id) ? read(id, value) : current.get(id);
      if (element) next.set(id, element);
    }
    return next;
  };
  /** The same elements in the same order, of which some changed; undefined when one is none any more, or is one now. */
  const inPlace = () => {
    const next = new Map(current);
    for (const id of dirty) {
      const element = read(id, elements.get(id));
      if (!element || !next.has(id)) return undefined;
      next.set(id, element);
    }
    return next;
  };
  return {
    mark(events: Y.YEvent<Y.AbstractType<unknown>>[], letters: boolean) {
      for (const { target, path, keys } of events) {
        if (target === elements) {
          reordered = true;
          for (const id of keys.keys()) dirty.add(id);
        } else if (typeof path[0] === 'string') {
          (letters ? typed : dirty).add(path[0]);
          reordered ||= path.length === 1 && keys.has('order');
        }
      }
    },
    /** The elements now, with or without the letters that wait: the same map when nothing changed. */
    take(letters: boolean): ReadonlyMap<string, Element> {
      if (letters) {
        for (const id of typed) dirty.add(id);
        typed.clear();
      }
      if (dirty.size === 0) return current;
      current = (reordered ? undefined : inPlace()) ?? ordered();
      dirty.clear();
      reordered = false;
      return current;
    },
    markAll() {
      reordered = true;
      for (const id of elements.keys()) dirty.add(id);
    },
  };
}

export type GraphView = Pick<WritableObservable<Graph>, 'get' | 'subscribe'> & {
  /** Follows the document until the answer is called. */
  start(): () => void;
};

/**
 * The document as the canvas draws it. One's own edits show at once, but for letters typed into a text; those of
 * others are gathered and shown once per frame, however many arrive.
 */
export function createGraphView({
  doc,
  catalogue,
  origin,
}: Pick<Draft, 'doc' | 'catalogue'> & Partial<Pick<Draft, 'origin'>>): GraphView {
  const parts = draftParts(doc);
  const nodes = follow(parts.nodes, (id, value) => readNode(id, value, catalogue));
  const edges = follow(parts.edges, readEdge);
  const groups = follow(parts.groups, readGroup);
  const notes = follow(parts.notes, readNote);
  const views = { nodes, edges, groups, notes };
  const followed = ['nodes', 'edges', 'groups', 'notes'] as const;
  const build = (letters: boolean): Graph => ({
    ...readMeta(doc),
    nodes: nodes.take(letters),
    edges: edges.take(letters),
    groups: groups.take(letters),
    notes: notes.take(letters),
  });
  const shown = createObservable<Graph>(build(true));
  /** The graph as it is: the same one when what was written changes nothing that is seen. */
  const renew = (before: Graph, letters = true): Graph => {
    const now = build(letters);
    const same = (Object.keys(now) as (keyof Graph)[]).every((part) => now[part] === before[part]);
    return same ? before : now;
  };

  /** Whether something may have happened that nobody followed. */
  let stale = false;
  const note = () => {
    stale = true;
  };
  doc.on('afterTransaction', note);

  let frame = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(typing);
    frame = 0;
    typing = undefined;
  };
  const flush = () => {
    cancel();
    shown.set((before) => renew(before));
  };
  // Others who move steps do not make one's own letters dearer: these go on waiting.
  const flushOthers = () => {
    frame = 0;
    shown.set((before) => renew(before, typing === undefined));
  };
  // Text that a named edit writes, as "replace" does, is seen at once: its next edit builds on it.
  const areLetters = (transaction: Y.Transaction) =>
    transaction.local && transaction.origin !== origin && isText(transaction);
  const changed = (transaction: Y.Transaction) => {
    // One's own edits come back from the server: then there is nothing in them.
    if (transaction.changed.size === 0) return;
    if (!transaction.local) frame ||= requestAnimationFrame(flushOthers);
    else if (areLetters(transaction)) typing ??= setTimeout(flush, typingMs);
    else flush();
  };
  const marks = followed.map((name) => {
    const mark = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) =>
      views[name].mark(events, areLetters(transaction));
    return { name, mark };
  });
  return {
    get: shown.get,
    subscribe: shown.subscribe,
    start() {
      doc.off('afterTransaction', note);
      for (const { name, mark } of marks) {
        parts[name].observeDeep(mark);
        if (stale) views[name].markAll();
      }
      doc.on('afterTransaction', changed);
      // As a rule nothing happened since it was read: a large workflow is read once as it opens.
      if (stale) flush();
      return () => {
        cancel();
        stale = true;
        for (const { name, mark } of marks) parts[name].unobserveDeep(mark);
        doc.off('afterTransaction', changed);
      };
    },
  };
}

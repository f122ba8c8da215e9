import type * as Y from 'yjs';
import {
  type Draft,
  draftParts,
  inOrder,
  readEdge,
  readGroup,
  readMeta,
  readNode,
  readNote,
} from '@/lib/workflows/draft';
import type {
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from '@/lib/workflows/schema';
import { type Cell, createCell } from './cell';

/** A node of the draft as it stands, which may be unfinished: its config was not checked. */
export type DraftNode = WorkflowNode;

export type Graph = {
  name: string;
  description: string;
  /** In the order of the document; unchanged nodes and edges keep their identity. */
  nodes: ReadonlyMap<string, DraftNode>;
  edges: ReadonlyMap<string, WorkflowEdge>;
  groups: ReadonlyMap<string, WorkflowGroup>;
  notes: ReadonlyMap<string, WorkflowNote>;
};

/** Follows one map of elements, rebuilding only those that an event touched. */
function follow<Element>(
  elements: Y.Map<unknown>,
  read: (id: string, value: unknown) => Element | undefined,
) {
  let current = new Map<string, Element>();
  const dirty = new Set<string>(elements.keys());
  return {
    mark(events: Y.YEvent<Y.AbstractType<unknown>>[]) {
      for (const event of events) {
        if (event.target === elements) for (const id of event.keys.keys()) dirty.add(id);
        else if (typeof event.path[0] === 'string') dirty.add(event.path[0]);
      }
    },
    /** The elements now: the same map as before when nothing was touched. */
    take(): ReadonlyMap<string, Element> {
      if (dirty.size === 0) return current;
      const next = new Map<string, Element>();
      for (const [id, value] of inOrder(elements)) {
        const element = dirty.has(id) ? read(id, value) : current.get(id);
        if (element) next.set(id, element);
      }
      dirty.clear();
      current = next;
      return current;
    },
    markAll() {
      for (const id of elements.keys()) dirty.add(id);
    },
  };
}

export type GraphView = Pick<Cell<Graph>, 'get' | 'subscribe'> & {
  /** Follows the document until the answer is called. */
  start(): () => void;
};

/**
 * The document as the canvas draws it. One's own edits show at once; those of others are gathered and
 * shown once per frame, however many arrive.
 */
export function createGraphView({ doc, catalogue }: Pick<Draft, 'doc' | 'catalogue'>): GraphView {
  const parts = draftParts(doc);
  const nodes = follow(parts.nodes, (id, value) => readNode(id, value, catalogue));
  const edges = follow(parts.edges, readEdge);
  const groups = follow(parts.groups, readGroup);
  const notes = follow(parts.notes, readNote);
  const views = { nodes, edges, groups, notes };
  const followed = ['nodes', 'edges', 'groups', 'notes'] as const;
  const build = (): Graph => ({
    ...readMeta(doc),
    nodes: nodes.take(),
    edges: edges.take(),
    groups: groups.take(),
    notes: notes.take(),
  });
  const cell = createCell<Graph>(build());

  let frame = 0;
  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    cell.set(build());
  };
  const changed = (transaction: Y.Transaction) => {
    if (transaction.local) flush();
    else frame ||= requestAnimationFrame(flush);
  };
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    start() {
      for (const name of followed) {
        parts[name].observeDeep(views[name].mark);
        views[name].markAll();
      }
      doc.on('afterTransaction', changed);
      flush();
      return () => {
        cancelAnimationFrame(frame);
        for (const name of followed) parts[name].unobserveDeep(views[name].mark);
        doc.off('afterTransaction', changed);
      };
    },
  };
}

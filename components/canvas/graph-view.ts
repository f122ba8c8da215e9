import * as Y from 'yjs';
import type { Policy, WorkflowEdge } from '@/lib/workflows/schema';
import { type Cell, createCell } from './cell';

/** A node of the draft as it stands, which may be unfinished: unlike a definition it was not checked. */
export type DraftNode = {
  id: string;
  type: string;
  key: string;
  name: string;
  x: number;
  y: number;
  disabled: boolean;
  config: Record<string, unknown>;
  policy?: Policy;
};

export type Graph = {
  name: string;
  description: string;
  /** In insertion order of the document; unchanged nodes and edges keep their identity. */
  nodes: ReadonlyMap<string, DraftNode>;
  edges: ReadonlyMap<string, WorkflowEdge>;
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function readNode(id: string, map: Y.Map<unknown>): DraftNode {
  const config = map.get('config');
  const policy = map.get('policy');
  return {
    id,
    type: text(map.get('type')),
    key: text(map.get('key')),
    name: text(map.get('name')),
    x: finite(map.get('x')),
    y: finite(map.get('y')),
    disabled: map.get('disabled') === true,
    config: config instanceof Y.Map ? (config.toJSON() as Record<string, unknown>) : {},
    ...(policy
      ? { policy: (policy instanceof Y.Map ? policy.toJSON() : policy) as Policy }
      : {}),
  };
}

function readEdge(id: string, map: Y.Map<unknown>): WorkflowEdge | undefined {
  const source = text(map.get('source'));
  const target = text(map.get('target'));
  if (!source || !target) return undefined;
  return {
    id,
    source,
    sourcePort: text(map.get('sourcePort')) || 'out',
    target,
    targetPort: text(map.get('targetPort')) || 'in',
  };
}

type Elements = Y.Map<Y.Map<unknown>>;

/** Follows one map of elements, rebuilding only those that an event touched. */
function follow<Element>(
  elements: Elements,
  read: (id: string, map: Y.Map<unknown>) => Element | undefined,
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
      const next = new Map(current);
      for (const id of dirty) {
        const map = elements.get(id);
        const element = map instanceof Y.Map ? read(id, map) : undefined;
        if (element) next.set(id, element);
        else next.delete(id);
      }
      dirty.clear();
      current = next;
      return current;
    },
  };
}

export type GraphView = Pick<Cell<Graph>, 'get' | 'subscribe'> & { stop(): void };

/**
 * The document as the canvas draws it. One's own edits show at once; those of others are gathered and
 * shown once per frame, however many arrive.
 */
export function createGraphView(doc: Y.Doc): GraphView {
  const meta = doc.getMap('meta');
  const nodes = doc.getMap('nodes') as Elements;
  const edges = doc.getMap('edges') as Elements;
  const nodeView = follow(nodes, readNode);
  const edgeView = follow(edges, readEdge);
  const build = (): Graph => ({
    name: text(meta.get('name')),
    description: text(meta.get('description')),
    nodes: nodeView.take(),
    edges: edgeView.take(),
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
  const onNodes = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => nodeView.mark(events);
  const onEdges = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => edgeView.mark(events);
  nodes.observeDeep(onNodes);
  edges.observeDeep(onEdges);
  doc.on('afterTransaction', changed);
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    stop() {
      cancelAnimationFrame(frame);
      nodes.unobserveDeep(onNodes);
      edges.unobserveDeep(onEdges);
      doc.off('afterTransaction', changed);
    },
  };
}

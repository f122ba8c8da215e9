import { cardWidth, type Point } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { downstreamOf } from '@/lib/canvas/graph-walk';
import { initialConfig } from '@/lib/canvas/initial-config';
import { containersIn, isContainer, withInside } from '@/lib/canvas/layout/containers';
import { firstPosition, groupAt, membersByGroup } from '@/lib/canvas/layout/frames';
import {
  freePosition,
  positionAfter,
  positionBefore,
  positionBetween,
  positionInside,
} from '@/lib/canvas/layout/placement';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import type { JsonObject } from '@/lib/workflows/draft/draft-value';
import { addNode, connect, moveNodes, removeElements } from '@/lib/workflows/edits/edits';
import { moveElements } from '@/lib/workflows/edits/edits-objects';
import type { WorkflowEdge } from '@/lib/workflows/schema';
import { type PaletteRequest, select } from '../state/local-state';
import type { ActionHost } from './action-host';
import { recentTypes } from './recent-types';

export const wire = (
  id: string,
  source: string,
  sourcePort: string,
  target: string,
): WorkflowEdge => ({
  id,
  source,
  sourcePort,
  target,
  targetPort: 'in',
});

function firstPort(host: ActionHost, nodeId: string): string {
  const node = host.graph.get().nodes.get(nodeId);
  return (node && drawingOf(node).ports[0]?.id) || 'out';
}

/** Adds a step where the palette was opened, and connects it there. One step to undo. */
export function addStep(host: ActionHost, type: string, request: Partial<PaletteRequest>) {
  const { draft, graph, local, newId } = host;
  const now = graph.get();
  const id = newId();
  const edge = request.edgeId === undefined ? undefined : now.edges.get(request.edgeId);
  const source = now.nodes.get(edge?.source ?? request.from?.nodeId ?? '');
  const target = now.nodes.get(edge?.target ?? request.to?.nodeId ?? '');
  const title = typeOf(type)?.title ?? type;
  draft.doc.transact(() => {
    let { at } = request;
    if (edge && source && target) {
      const position = positionBetween(
        now,
        source,
        target,
        downstreamOf(now.edges.values(), target.id),
      );
      if (!at && position.moves.length > 0) moveNodes(draft, movesWithInside(now, position.moves));
      removeElements(draft, { edges: [edge.id] });
      at ??= position.at;
    }
    const holder = now.nodes.get(request.inside ?? '');
    at ??= holder ? positionInside(now, holder) : source ? positionAfter(now, source) : undefined;
    at ??= target ? positionBefore(now, target) : freePosition(now, host.centre());
    const config = initialConfig(type, newId, source) as JsonObject;
    if (addNode(draft, { id, type, name: title, position: at, config }) === undefined) return;
    const group = groupFor(now, { type, at, edge, source, target, request });
    const first = request.at && group !== undefined ? firstIn(now, group) : undefined;
    if (first) moveNodes(draft, [{ id, position: first }]);
    if (group !== undefined) moveElements(draft, { groups: new Map([[id, group]]) });
    const port = edge?.sourcePort ?? (request.from?.port || (source && firstPort(host, source.id)));
    if (source && port) connect(draft, wire(newId(), source.id, port, id));
    if (target) connect(draft, wire(newId(), id, firstPort(host, id), target.id));
  }, draft.origin);
  recentTypes.add(type);
  local.set((state) => ({ ...state, palette: undefined }));
  select(local, [id]);
  host.reveal([id]);
  host.say(`${title} added`);
}

type NewStep = {
  type: string;
  at: Point;
  edge: WorkflowEdge | undefined;
  source: DraftNode | undefined;
  target: DraftNode | undefined;
  request: Partial<PaletteRequest>;
};

/**
 * The group of a new step, or the step that it stands inside: where its neighbours stand that it is connected to, else
 * the frame it was dropped in, or the group of both its neighbours.
 */
function groupFor(graph: Graph, step: NewStep): string | undefined {
  const { type, at, edge, source, target, request } = step;
  const begins = typeOf(type)?.accepts === false;
  if (request.inside !== undefined) return begins ? undefined : request.inside;
  const neighbour = source ?? target;
  const around = neighbour && containersIn(graph.nodes).get(neighbour.id);
  if (around !== undefined && !begins) return around;
  if (request.at) {
    // Dropped by its head: where the pointer is counts.
    const pointer = { x: at.x + cardWidth / 4, y: at.y + 32 };
    return groupAt(graph, pointer, () => !begins && !neighbour);
  }
  const [before, after] = [edge?.source, edge?.target].map(
    (id) => graph.nodes.get(id ?? '')?.group,
  );
  return before === after ? before : undefined;
}

/** The position of the first step inside another, which its frame was drawn around. */
function firstIn(graph: Graph, group: string): Point | undefined {
  const holder = graph.nodes.get(group);
  const empty = isContainer(holder) && !membersByGroup(graph.nodes).has(group);
  return empty ? firstPosition(holder) : undefined;
}

function movesWithInside(graph: Graph, moves: readonly { id: string; position: Point }[]) {
  const positions = new Map(moves.map(({ id, position }) => [id, position]));
  return [...withInside(graph, positions)].map(([id, position]) => ({ id, position }));
}

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

function firstPort(graph: Graph, nodeId: string): string | undefined {
  const node = graph.nodes.get(nodeId);
  return node && firstPortOf(node);
}

const firstPortOf = ({ type, config }: Pick<DraftNode, 'type' | 'config'>) =>
  drawingOf({ id: '', key: '', name: '', position: { x: 0, y: 0 }, type, config }).ports[0]?.id;

/** The edges that a step added by this request is put on, those whose steps stand furthest left first. */
export function splitEdges(
  graph: Graph,
  { edgeId, from, insert }: Partial<PaletteRequest>,
): WorkflowEdge[] {
  if (edgeId !== undefined) return [graph.edges.get(edgeId) ?? []].flat();
  if (!insert || !from) return [];
  const port = from.port || firstPort(graph, from.nodeId);
  const x = (edge: WorkflowEdge) => graph.nodes.get(edge.target)?.position.x ?? 0;
  return [...graph.edges.values()]
    .filter(({ source, sourcePort }) => source === from.nodeId && sourcePort === port)
    .sort((one, other) => x(one) - x(other));
}

/** Adds a step where the palette was opened, and connects it there. One step to undo. */
export function addStep(host: ActionHost, type: string, request: Partial<PaletteRequest>) {
  const { draft, graph, local, newId } = host;
  const now = graph.get();
  const id = newId();
  const asked = splitEdges(now, request);
  const source = now.nodes.get(asked[0]?.source ?? request.from?.nodeId ?? '');
  const config = initialConfig(type, newId, source, host.onlyConnection) as JsonObject;
  const out = firstPortOf({ type, config });
  // Nothing follows a step without an output: what stood there keeps its wire.
  const split = out === undefined ? [] : asked;
  const [edge] = split;
  const target = now.nodes.get(edge?.target ?? request.to?.nodeId ?? '');
  const title = typeOf(type)?.title ?? type;
  const room = edge && source && target ? between(now, split, source, target) : undefined;
  draft.doc.transact(() => {
    let at = request.at ?? room?.at;
    const holder = now.nodes.get(request.inside ?? '');
    at ??= holder ? positionInside(now, holder) : source ? positionAfter(now, source) : undefined;
    at ??= target ? positionBefore(now, target) : freePosition(now, host.centre());
    if (addNode(draft, { id, type, name: title, position: at, config }) === undefined) return;
    if (!request.at && room) moveNodes(draft, movesWithInside(now, room.moves));
    removeElements(draft, { edges: split.map((each) => each.id) });
    const group = groupFor(now, { type, at, edge, source, target, request });
    const first = request.at && group !== undefined ? firstIn(now, group) : undefined;
    if (first) moveNodes(draft, [{ id, position: first }]);
    if (group !== undefined) moveElements(draft, { groups: new Map([[id, group]]) });
    const from =
      asked[0]?.sourcePort ?? (request.from?.port || (source && firstPort(now, source.id)));
    if (source && from) connect(draft, wire(newId(), source.id, from, id));
    const next = edge ? split.map((each) => each.target) : target ? [target.id] : [];
    for (const each of next) if (out !== undefined) connect(draft, wire(newId(), id, out, each));
  }, draft.origin);
  recentTypes.add(type);
  local.set((state) => ({ ...state, palette: undefined }));
  select(local, [id]);
  host.reveal([id]);
  host.say(`${title} added`);
}

/** Room for a step on these edges: where it goes, and what moves for it. */
function between(
  graph: Graph,
  split: readonly WorkflowEdge[],
  source: DraftNode,
  target: DraftNode,
) {
  const after = split.flatMap((edge) => [
    edge.target,
    ...downstreamOf(graph.edges.values(), edge.target),
  ]);
  return positionBetween(
    graph,
    source,
    target,
    [...new Set(after)].filter((id) => id !== target.id),
  );
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

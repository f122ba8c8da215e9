import type { JsonObject } from '@/lib/workflows/draft-value';
import { addNode, connect, moveNodes, removeElements } from '@/lib/workflows/edits';
import { moveElements } from '@/lib/workflows/edits-objects';
import type { WorkflowEdge } from '@/lib/workflows/schema';
import type { ActionHost } from './action-host';
import { cardWidth } from './geometry';
import type { Graph } from './graph-view';
import { downstreamOf } from './graph-walk';
import { initialConfig } from './initial-config';
import { middleOf } from './layout/box';
import { type PaletteRequest, type Point, select } from './local-state';
import { drawingOf, typeOf } from './node-types';
import { groupAt } from './objects/frames';
import { freePlace, placeAfter, placeBefore, placeBetween } from './placement';
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

/** Adds a step where the palette was asked for, and connects it there. One step to undo. */
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
      const place = placeBetween(now, source, target, downstreamOf(now.edges.values(), target.id));
      if (!at && place.moves.length > 0) moveNodes(draft, place.moves);
      removeElements(draft, { edges: [edge.id] });
      at ??= place.at;
    }
    at ??= source ? placeAfter(now, source) : undefined;
    at ??= target ? placeBefore(now, target) : freePlace(now, host.centre());
    const config = initialConfig(type, newId) as JsonObject;
    if (addNode(draft, { id, type, name: title, position: at, config }) === undefined) return;
    const group = groupFor(now, { at, edge, dropped: request.at });
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

/** The group of a new step: that of the frame it was dropped in, or that of both its neighbours. */
function groupFor(
  graph: Graph,
  { at, edge, dropped }: { at: Point; edge: WorkflowEdge | undefined; dropped: Point | undefined },
): string | undefined {
  if (dropped) return groupAt(graph, middleOf({ ...at, width: cardWidth, height: 64 }));
  const [before, after] = [edge?.source, edge?.target].map(
    (id) => graph.nodes.get(id ?? '')?.group,
  );
  return before === after ? before : undefined;
}

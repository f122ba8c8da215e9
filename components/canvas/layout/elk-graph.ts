import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import { cardHeight, cardWidth, portMiddle, snap } from '../geometry';
import type { DraftNode, Graph } from '../graph-view';
import type { Point } from '../local-state';
import { drawingOf } from '../node-types';
import { containersIn, frameGap } from '../objects/containers';
import { framePadding } from '../objects/frames';
import { type Box, boxAround } from './box';

const { side, top, bottom } = framePadding;
/** Left to right, ports in their order, and ties broken by the order of the document: the same graph, the same places. */
const spacing = {
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeNode': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
};
const options = {
  ...spacing,
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.randomSeed': '1',
  'elk.spacing.componentComponent': '64',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
};
/** A group inherits none of it: without its own its steps would nearly touch. */
const groupOptions = {
  ...spacing,
  'elk.padding': `[top=${top},left=${side},bottom=${bottom},right=${side}]`,
};
const ordered = { 'elk.portConstraints': 'FIXED_POS' };

/** The part of a graph that is to be tidied, as ELK wants it: groups hold their nodes. */
export function toElk(graph: Graph, ids: ReadonlySet<string>): ElkNode {
  const top: ElkNode[] = [];
  const groups = new Map<string, ElkNode>();
  const containers = containersIn(graph.nodes);
  const nodes = [...ids].flatMap((id) => graph.nodes.get(id) ?? []);
  const leaves = new Map(nodes.map((node) => [node.id, leaf(node)]));
  for (const node of nodes) {
    const made = leaves.get(node.id);
    if (!made) continue;
    const container = leaves.get(containers.get(node.id) ?? '');
    const group = node.group !== undefined && graph.groups.has(node.group) ? node.group : undefined;
    if (container) putInside(container, made);
    else if (group === undefined) top.push(made);
    else {
      const known = groups.get(group);
      const frame: ElkNode = known ?? {
        id: `group:${group}`,
        layoutOptions: groupOptions,
        children: [],
      };
      if (!known) {
        groups.set(group, frame);
        top.push(frame);
      }
      frame.children?.push(made);
    }
  }
  return { id: 'root', layoutOptions: options, children: top, edges: wires(graph, ids) };
}

/** A container is its card with its frame below: in it there is room for the card above what stands inside. */
function putInside(container: ElkNode, child: ElkNode): void {
  if (container.children) {
    container.children.push(child);
    return;
  }
  const above = (container.height ?? 0) + frameGap + top;
  container.children = [child];
  container.layoutOptions = {
    ...spacing,
    'elk.padding': `[top=${above},left=${side},bottom=${bottom},right=${side}]`,
    'elk.portConstraints': 'FIXED_ORDER',
  };
}

function wires(graph: Graph, ids: ReadonlySet<string>): ElkExtendedEdge[] {
  const edges: ElkExtendedEdge[] = [];
  for (const edge of graph.edges.values()) {
    if (edge.source === edge.target || !ids.has(edge.source) || !ids.has(edge.target)) continue;
    const source = graph.nodes.get(edge.source);
    const ports = source ? drawingOf(source).ports : [];
    const known = ports.some((port) => port.id === edge.sourcePort);
    const port = known ? edge.sourcePort : ports[0]?.id;
    if (port === undefined) continue;
    edges.push({
      id: `edge:${edge.id}`,
      sources: [`${edge.source}:out:${port}`],
      targets: [`${edge.target}:in`],
    });
  }
  return edges;
}

function leaf(node: DraftNode): ElkNode {
  const { ports } = drawingOf(node);
  const at = (id: string, x: number, y: number, portSide: string) => ({
    id,
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': portSide },
  });
  return {
    id: node.id,
    width: cardWidth,
    height: cardHeight(ports),
    layoutOptions: ordered,
    ports: [
      at(`${node.id}:in`, 0, 32, 'WEST'),
      ...ports.map((port, index) =>
        at(`${node.id}:out:${port.id}`, cardWidth, portMiddle(ports, index), 'EAST'),
      ),
    ],
  };
}

function placesIn(node: ElkNode, origin: Point, places: Map<string, Point>): void {
  for (const child of node.children ?? []) {
    const at = { x: origin.x + (child.x ?? 0), y: origin.y + (child.y ?? 0) };
    if (!child.id.startsWith('group:')) places.set(child.id, at);
    placesIn(child, at, places);
  }
}

/**
 * Where nodes go, from ELK's answer: on the grid, and where the old picture stood. Fixed nodes stay; the rest is put
 * around them as ELK saw it, and gives way downwards where it would lie on one.
 */
export function tidyMoves(graph: Graph, answer: ElkNode): Map<string, Point> {
  const laid = new Map<string, Point>();
  placesIn(answer, { x: 0, y: 0 }, laid);
  const nodes = [...laid.keys()].flatMap((id) => graph.nodes.get(id) ?? []);
  const fixed = nodes.filter((node) => node.fixed);
  const offset = offsetOf(fixed.length > 0 ? fixed : nodes, laid, fixed.length > 0);
  const standing = fixed.map((node) => boxOf(node, node.position));
  const moves = new Map<string, Point>();
  for (const node of nodes) {
    const place = laid.get(node.id);
    if (!place || node.fixed) continue;
    const at = { x: snap(place.x + offset.x) + 0, y: snap(place.y + offset.y) + 0 };
    for (;;) {
      const hit = standing.find((box) => overlap(box, boxOf(node, at)));
      if (!hit) break;
      at.y = snap(hit.y + hit.height + 32);
    }
    if (fixed.length > 0) standing.push(boxOf(node, at));
    moves.set(node.id, at);
  }
  return moves;
}

const boxOf = (node: DraftNode, at: Point): Box => ({
  ...at,
  width: cardWidth,
  height: cardHeight(drawingOf(node).ports),
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** What brings the new picture to where the old one stood: by its corner, or by the middle way of what stays. */
function offsetOf(
  nodes: readonly DraftNode[],
  laid: ReadonlyMap<string, Point>,
  byMean: boolean,
): Point {
  const places = nodes.map((node) => laid.get(node.id) ?? node.position);
  if (byMean) {
    const mean = (pick: (at: Point) => number) =>
      nodes.reduce(
        (sum, node, i) => sum + pick(node.position) - pick(places[i] ?? node.position),
        0,
      ) / nodes.length;
    return { x: mean((at) => at.x), y: mean((at) => at.y) };
  }
  const corner = (points: readonly Point[]) =>
    boxAround(points.map((at) => ({ ...at, width: 0, height: 0 }))) ?? { x: 0, y: 0 };
  const [from, to] = [corner(places), corner(nodes.map((node) => node.position))];
  return { x: to.x - from.x, y: to.y - from.y };
}

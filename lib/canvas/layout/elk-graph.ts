import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { Point } from '@/lib/canvas/geometry';
import { portMiddle, snap } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import { type Box, boxAround } from './box';
import { containersIn, frameGap, isContainer } from './containers';
import { cardBox, frameOf, framePadding, openSide } from './frames';

const { side, top, bottom } = framePadding;
/** Left to right, ports in their order, and ties broken by the order of the document: the same graph, the same positions. */
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
  const opened = new Set(nodes.map(({ id }) => containers.get(id)));
  const leaves = new Map(
    nodes.map((node) => [node.id, opened.has(node.id) ? around(node) : leaf(graph, node)]),
  );
  for (const node of nodes) {
    const made = leaves.get(node.id);
    if (!made) continue;
    const container = leaves.get(containers.get(node.id) ?? '');
    const group = node.group !== undefined && graph.groups.has(node.group) ? node.group : undefined;
    if (container) container.children?.push(made);
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
  return { id: 'root', layoutOptions: options, children: top, edges: elkEdges(graph, ids) };
}

function elkEdges(graph: Graph, ids: ReadonlySet<string>): ElkExtendedEdge[] {
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

/** All that a node takes up: a container whose inside is not laid out anew is one piece with its frame. */
function pieceOf(graph: Graph, node: DraftNode): Box {
  const card = cardBox(node);
  const frame = isContainer(node) ? frameOf(graph, node.id) : undefined;
  return (frame && boxAround([card, frame])) ?? card;
}

function leaf(graph: Graph, node: DraftNode): ElkNode {
  const { y, width, height } = pieceOf(graph, node);
  return {
    ...{ id: node.id, width, height, layoutOptions: ordered },
    ports: portsOf(node, width, node.position.y - y),
  };
}

/** A container is its card with its frame below: above what stands inside there is room for the card. */
function around(node: DraftNode): ElkNode {
  const { width, height } = cardBox(node);
  return {
    ...{ id: node.id, children: [], ports: portsOf(node, width, 0) },
    layoutOptions: {
      ...spacing,
      ...ordered,
      'elk.padding': `[top=${height + frameGap + top},left=${side},bottom=${bottom},right=${openSide}]`,
    },
  };
}

/** The ports of a card that begins so far below the top of its piece. */
function portsOf(node: DraftNode, width: number, cardTop: number) {
  const { ports } = drawingOf(node);
  const port = (id: string, portSide: string, middle: number) => ({
    ...{ id, x: portSide === 'WEST' ? 0 : width, y: cardTop + middle, width: 0, height: 0 },
    layoutOptions: { 'elk.port.side': portSide },
  });
  return [
    port(`${node.id}:in`, 'WEST', 32),
    ...ports.map(({ id }, index) => port(`${node.id}:out:${id}`, 'EAST', portMiddle(ports, index))),
  ];
}

type Laid = Map<string, Box>;

function placesIn(node: ElkNode, origin: Point, laid: Laid): void {
  for (const child of node.children ?? []) {
    const at = { x: origin.x + (child.x ?? 0), y: origin.y + (child.y ?? 0) };
    const { id, width = 0, height = 0 } = child;
    if (!id.startsWith('group:')) laid.set(id, { ...at, width, height });
    placesIn(child, at, laid);
  }
}

/**
 * Where nodes go, from ELK's answer: on the grid, and where the old picture stood. Fixed nodes stay; the rest is put
 * around them as ELK saw it, and gives way downwards where it would lie on one. What stands inside a container goes
 * where that goes.
 */
export function tidyMoves(graph: Graph, answer: ElkNode): Map<string, Point> {
  const pieces: Laid = new Map();
  placesIn(answer, { x: 0, y: 0 }, pieces);
  const opened = new Set([...pieces.keys()].map((id) => containersIn(graph.nodes).get(id)));
  const nodes = [...pieces.keys()].flatMap((id) => graph.nodes.get(id) ?? []);
  const laid = new Map(nodes.map((node) => [node.id, cardIn(graph, node, pieces, opened)]));
  const fixed = nodes.filter((node) => node.fixed);
  const offset = offsetOf(fixed.length > 0 ? fixed : nodes, laid, fixed.length > 0);
  const taken = (node: DraftNode, at: Point): Box => {
    const [piece, card] = [pieces.get(node.id), laid.get(node.id)];
    if (!piece || !card) return cardBox(node, at);
    return { ...piece, x: at.x + piece.x - card.x, y: at.y + piece.y - card.y };
  };
  const standing = fixed.map((node) => taken(node, node.position));
  const moves = new Map<string, Point>();
  /** How far a container ended from where ELK saw it: what stands inside goes as far. */
  const off = new Map<string, Point>();
  for (const node of nodes) {
    const position = laid.get(node.id);
    if (!position) continue;
    const outer = containersIn(graph.nodes).get(node.id) ?? '';
    const seen = { x: snap(position.x + offset.x) + 0, y: snap(position.y + offset.y) + 0 };
    const along = off.get(outer);
    const at = node.fixed
      ? node.position
      : along
        ? { x: seen.x + along.x, y: seen.y + along.y }
        : below(standing, (free) => taken(node, free), seen);
    off.set(node.id, { x: at.x - seen.x, y: at.y - seen.y });
    if (node.fixed) continue;
    if (fixed.length > 0 && !along) standing.push(taken(node, at));
    moves.set(node.id, at);
  }
  return moves;
}

/** Where a node's card is in its piece: on top of it, unless that is one with a frame that stands otherwise. */
function cardIn(graph: Graph, node: DraftNode, pieces: Laid, opened: { has(id: string): boolean }) {
  const { x, y } = pieces.get(node.id) ?? node.position;
  if (opened.has(node.id)) return { x, y };
  const piece = pieceOf(graph, node);
  return { x: x + node.position.x - piece.x, y: y + node.position.y - piece.y };
}

/** The first position at or below one where a piece lies on nothing that stands. */
function below(standing: readonly Box[], piece: (at: Point) => Box, wanted: Point): Point {
  const at = { ...wanted };
  for (;;) {
    const box = piece(at);
    const hit = standing.find((each) => overlap(each, box));
    if (!hit) return at;
    at.y += snap(hit.y + hit.height + 32 - box.y);
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** What brings the new picture to where the old one stood: by its corner, or by the middle way of what stays. */
function offsetOf(
  nodes: readonly DraftNode[],
  laid: ReadonlyMap<string, Point>,
  byMean: boolean,
): Point {
  const positions = nodes.map((node) => laid.get(node.id) ?? node.position);
  if (byMean) {
    const mean = (pick: (at: Point) => number) =>
      nodes.reduce(
        (sum, node, i) => sum + pick(node.position) - pick(positions[i] ?? node.position),
        0,
      ) / nodes.length;
    return { x: mean((at) => at.x), y: mean((at) => at.y) };
  }
  const corner = (points: readonly Point[]) =>
    boxAround(points.map((at) => ({ ...at, width: 0, height: 0 }))) ?? { x: 0, y: 0 };
  const [from, to] = [corner(positions), corner(nodes.map((node) => node.position))];
  return { x: to.x - from.x, y: to.y - from.y };
}

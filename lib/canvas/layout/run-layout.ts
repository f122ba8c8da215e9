import { layout as dagreLayout, graphlib } from '@dagrejs/dagre';

export const cardSize = { width: 168, height: 44 } as const;

export type PlacedStep = { id: string; x: number; y: number };
export type PlacedEdge = { id: string; from: string; port: string; to: string; path: string };
export type PlacedGraph = {
  width: number;
  height: number;
  steps: PlacedStep[];
  edges: PlacedEdge[];
};

type Step = { id: string; nodeId?: string; incoming: { from: string; port: string }[] };
/** Where the editor draws a node; undefined for one that it does not know. */
export type DrawnAt = (nodeId: string) => { x: number; y: number } | undefined;

/**
 * Places the steps of a plan as they stand in the editor, where that is known of all of them, else in layers from left to
 * right. Coordinates are the top left corners of cards, in pixels;
 * edges are SVG paths from the right side of a card to the left side of the next.
 */
export function layoutPlan(steps: readonly Step[], drawn?: DrawnAt): PlacedGraph {
  const asDrawn = drawn && placedAsDrawn(steps, drawn);
  if (asDrawn) return asDrawn;
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 36, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const step of steps) graph.setNode(step.id, { ...cardSize });
  for (const step of steps) {
    for (const { from } of step.incoming) graph.setEdge(from, step.id);
  }
  dagreLayout(graph);
  const placed = new Map(
    steps.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { id, x: x - cardSize.width / 2, y: y - cardSize.height / 2 }];
    }),
  );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, steps: [...placed.values()], edges: edgesOf(steps, placed) };
}

/** Cards of a run are smaller than those of the editor: its positions are drawn closer together by as much. */
const closer = 0.62;
const margin = 2;
/** Between a card and the next, in pixels: room to see the connection. */
const gap = 36;

/** The scale at which connected steps that stand side by side keep a gap; not larger than in the editor. */
function widthScale(
  steps: readonly Step[],
  positions: ReadonlyMap<string, { x: number; y: number } | undefined>,
): number {
  const needed = steps.flatMap(({ id, incoming }) =>
    incoming.map(({ from }) => {
      const distance = (positions.get(id)?.x ?? 0) - (positions.get(from)?.x ?? 0);
      return distance >= cardSize.width ? (cardSize.width + gap) / distance : 0;
    }),
  );
  return Math.min(1, Math.max(closer, ...needed));
}

/**
 * The editor's positions at a smaller scale; undefined where a step has none, or where cards would cover each other.
 */
function placedAsDrawn(steps: readonly Step[], drawn: DrawnAt): PlacedGraph | undefined {
  const positions = new Map(steps.map(({ id, nodeId = id }) => [id, drawn(nodeId)]));
  const wider = widthScale(steps, positions);
  const at = steps.flatMap(({ id }) => {
    const position = positions.get(id);
    return position ? { id, x: position.x * wider, y: position.y * closer } : [];
  });
  if (at.length < steps.length || at.length === 0) return undefined;
  const [left, top] = [Math.min(...at.map(({ x }) => x)), Math.min(...at.map(({ y }) => y))];
  const placed = new Map(
    at.map(({ id, x, y }) => [
      id,
      { id, x: Math.round(x - left + margin), y: Math.round(y - top + margin) },
    ]),
  );
  const cards = [...placed.values()];
  if (overlap(cards)) return undefined;
  return {
    width: Math.max(...cards.map(({ x }) => x)) + cardSize.width + margin,
    height: Math.max(...cards.map(({ y }) => y)) + cardSize.height + margin,
    steps: cards,
    edges: edgesOf(steps, placed),
  };
}

/** Whether two cards lie on each other. Sorted by their left sides, each is compared with those that begin before it ends. */
function overlap(cards: readonly PlacedStep[]): boolean {
  const sorted = [...cards].sort((a, b) => a.x - b.x);
  return sorted.some((card, index) => {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (!other || other.x >= card.x + cardSize.width) return false;
      if (Math.abs(other.y - card.y) < cardSize.height) return true;
    }
    return false;
  });
}

function edgesOf(steps: readonly Step[], placed: Map<string, PlacedStep>): PlacedEdge[] {
  return steps.flatMap((step) =>
    step.incoming.flatMap(({ from, port }) => {
      const source = placed.get(from);
      const target = placed.get(step.id);
      if (!source || !target) return [];
      const [x1, y1] = [source.x + cardSize.width, source.y + cardSize.height / 2];
      const [x2, y2] = [target.x, target.y + cardSize.height / 2];
      const bend = Math.max(16, (x2 - x1) / 2);
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
      return [{ id: `${from}:${port}>${step.id}`, from, port, to: step.id, path }];
    }),
  );
}

import { graphlib, layout as place } from '@dagrejs/dagre';

export const cardSize = { width: 168, height: 44 } as const;

export type PlacedStep = { id: string; x: number; y: number };
export type PlacedEdge = { id: string; from: string; port: string; to: string; path: string };
export type PlacedGraph = {
  width: number;
  height: number;
  steps: PlacedStep[];
  edges: PlacedEdge[];
};

type Step = { id: string; incoming: { from: string; port: string }[] };

/**
 * Places the steps of a plan in layers from left to right. Coordinates are the top left corners of cards, in pixels;
 * edges are SVG paths from the right side of a card to the left side of the next.
 */
export function layoutPlan(steps: readonly Step[]): PlacedGraph {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 36, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const step of steps) graph.setNode(step.id, { ...cardSize });
  for (const step of steps) {
    for (const { from } of step.incoming) graph.setEdge(from, step.id);
  }
  place(graph);
  const placed = new Map(
    steps.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { id, x: x - cardSize.width / 2, y: y - cardSize.height / 2 }];
    }),
  );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, steps: [...placed.values()], edges: edgesOf(steps, placed) };
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

import type { Point } from '@/lib/canvas/geometry';
import { cardHeight } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import { catalogue } from '@/lib/nodes/catalogue';
import { containersOf, stepsAround } from '@/lib/workflows/containers';

const none: ReadonlyMap<string, string> = new Map();
const indexed = new WeakMap<Graph['nodes'], ReadonlyMap<string, string>>();

/** Whether steps can stand inside one. */
export const isContainer = (node: DraftNode | undefined): node is DraftNode =>
  node !== undefined && typeOf(node.type)?.contains !== undefined;

/** The step inside which each node stands; those that would stand inside themselves stand in none. */
export function containersIn(nodes: Graph['nodes']): ReadonlyMap<string, string> {
  let index = indexed.get(nodes);
  if (!index) {
    const all = [...nodes.values()];
    const around = all.some(isContainer) ? containersOf({ nodes: all }, catalogue) : none;
    index = new Map([...around].filter(([id]) => !stepsAround(around, id).includes(id)));
    indexed.set(nodes, index);
  }
  return index;
}

/** The steps around a node, the nearest first. */
export const around = (graph: Pick<Graph, 'nodes'>, nodeId: string): string[] =>
  stepsAround(containersIn(graph.nodes), nodeId);

/** Everything inside these steps, however deep: id → the outermost of these steps around it. */
export function insideOf(
  graph: Pick<Graph, 'nodes'>,
  ids: { has(id: string): boolean },
): Map<string, string> {
  const containers = containersIn(graph.nodes);
  const found = new Map<string, string>();
  for (const id of containers.keys()) {
    const outer = stepsAround(containers, id).find((each) => ids.has(each));
    if (outer !== undefined) found.set(id, outer);
  }
  return found;
}

/** Adds the positions of everything inside: it moves with its container. */
export function withInside(
  graph: Pick<Graph, 'nodes'>,
  positions: ReadonlyMap<string, Point>,
): Map<string, Point> {
  const all = new Map(positions);
  for (const [id, outer] of insideOf(graph, positions)) {
    const [node, container, to] = [
      graph.nodes.get(id),
      graph.nodes.get(outer),
      positions.get(outer),
    ];
    if (!node || !container || !to || all.has(id)) continue;
    all.set(id, {
      x: node.position.x + to.x - container.position.x,
      y: node.position.y + to.y - container.position.y,
    });
  }
  return all;
}

/** Between a container's card and its frame. */
export const frameGap = 24;

/** Where the frame of a container begins that holds nothing, below its card. */
export function frameStart(node: DraftNode, at: Point = node.position): Point {
  return { x: at.x, y: at.y + cardHeight(drawingOf(node).ports) + frameGap };
}

/** Why a connection cannot be drawn, as far as steps inside others are concerned. */
export function crosses(graph: Graph, source: string, target: string): boolean {
  const containers = containersIn(graph.nodes);
  return containers.get(source) !== containers.get(target);
}

/** What a container's frame says: what is done with the steps in it. */
export function frameTitle({ type, name }: DraftNode): string {
  const known = typeOf(type);
  const each = known?.contains?.includes('item') && name === known.title;
  return each ? `${name} item` : name || known?.title || 'Steps inside';
}

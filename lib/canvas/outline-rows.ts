import { containersIn } from '@/lib/canvas/layout/containers';
import type { DraftNode, Graph } from './graph';
import { drawingOf } from './node-types';

/** One line of the outline: a step, or one of the ways that go on from a step with several outputs. */
export type OutlineRow = {
  /** Unique in the outline. */
  id: string;
  level: number;
  /** Place among the rows of the same parent, from 1, and how many there are. */
  position: number;
  siblings: number;
  /** Id of the row that it stands under. */
  parent: string | undefined;
  hasChildren: boolean;
} & (
  | { kind: 'step'; node: DraftNode }
  | { kind: 'branch'; nodeId: string; port: string; label: string }
);

type Branch = { nodeId: string; port: string };
type Tree = {
  step: DraftNode;
  /** What stands inside it. */
  inside: Tree[];
  branches: { branch: Branch; label: string; steps: Tree[] }[];
};

const keyOf = ({ nodeId, port }: Branch) => `${nodeId}:${port}`;

/** The branches that both ways have from the start on: where ways meet again, a step stands under neither. */
function common(a: readonly Branch[], b: readonly Branch[]): readonly Branch[] {
  let same = 0;
  while (same < a.length && same < b.length) {
    const [one, other] = [a[same], b[same]];
    if (!one || !other || keyOf(one) !== keyOf(other)) break;
    same += 1;
  }
  return a.slice(0, same);
}

/**
 * Steps in an order in which each comes after what leads to it, one way after the other: what follows a step stands
 * right after it where it can. Those of a circle come last.
 */
export function inFlowOrder(graph: Pick<Graph, 'nodes' | 'edges'>): DraftNode[] {
  const after = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const { source, target } of graph.edges.values()) {
    if (!graph.nodes.has(source) || !graph.nodes.has(target)) continue;
    open.set(target, (open.get(target) ?? 0) + 1);
    const targets = after.get(source);
    if (targets) targets.push(target);
    else after.set(source, [target]);
  }
  const waiting = [...graph.nodes.keys()].filter((id) => !open.has(id)).reverse();
  const order = new Set<string>();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    order.add(id);
    const ready: string[] = [];
    for (const target of after.get(id) ?? []) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) ready.push(target);
    }
    waiting.push(...ready.reverse());
  }
  for (const id of graph.nodes.keys()) order.add(id);
  return [...order].flatMap((id) => graph.nodes.get(id) ?? []);
}

function pathsOf(graph: Pick<Graph, 'nodes' | 'edges'>, order: readonly DraftNode[]) {
  const before = new Map<string, { source: string; port: string }[]>();
  const containers = containersIn(graph.nodes);
  for (const { source, sourcePort, target } of graph.edges.values()) {
    if (containers.get(source) !== containers.get(target)) continue;
    const list = before.get(target);
    const end = { source, port: sourcePort };
    if (list) list.push(end);
    else before.set(target, [end]);
  }
  const paths = new Map<string, readonly Branch[]>();
  for (const node of order) {
    let path: readonly Branch[] | undefined;
    for (const { source, port } of before.get(node.id) ?? []) {
      const from = graph.nodes.get(source);
      const known = paths.get(source);
      // Undefined on a circle only: that way counts for nothing.
      if (!from || !known) continue;
      const forks = drawingOf(from).ports.length > 1;
      const way = forks ? [...known, { nodeId: source, port }] : known;
      path = path === undefined ? way : common(path, way);
    }
    paths.set(node.id, path ?? []);
  }
  return paths;
}

/**
 * The workflow as an outline: steps in the order in which they run. Under a step with several outputs stands each
 * output with what only it leads to; what follows where they meet again is back on the step's own level. Under a step
 * that others stand in, those come first.
 * Linear in nodes and edges, times the depth of branches. Rows below a closed row are left out.
 */
export function outlineRows(
  graph: Pick<Graph, 'nodes' | 'edges'>,
  closed: ReadonlySet<string>,
): OutlineRow[] {
  const order = inFlowOrder(graph);
  const paths = pathsOf(graph, order);
  const containers = containersIn(graph.nodes);
  const under = new Map<string, DraftNode[]>();
  for (const node of order) {
    const last = paths.get(node.id)?.at(-1);
    const key = last ? keyOf(last) : insideKey(containers.get(node.id));
    const list = under.get(key);
    if (list) list.push(node);
    else under.set(key, [node]);
  }
  const grow = (key: string): Tree[] =>
    (under.get(key) ?? []).map((step) => {
      const { ports } = drawingOf(step);
      const branches =
        ports.length < 2
          ? []
          : ports.map((port) => {
              const branch = { nodeId: step.id, port: port.id };
              return { branch, label: port.label || port.id, steps: grow(keyOf(branch)) };
            });
      return { step, inside: grow(insideKey(step.id)), branches };
    });
  return layRows(grow(insideKey(undefined)), closed);
}

/** A " " is in no element's id. */
const insideKey = (container: string | undefined) => `in ${container ?? ''}`;

function layRows(roots: readonly Tree[], closed: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  type Around = { level: number; parent: string | undefined; siblings: number };
  const lay = (trees: readonly Tree[], { level, parent, siblings }: Around) => {
    trees.forEach(({ step, inside, branches }, index) => {
      const below = inside.length + branches.length;
      rows.push({
        kind: 'step',
        id: step.id,
        node: step,
        level,
        position: index + 1,
        siblings,
        parent,
        hasChildren: below > 0,
      });
      if (closed.has(step.id)) return;
      lay(inside, { level: level + 1, parent: step.id, siblings: below });
      branches.forEach(({ branch, label, steps }, at) => {
        const id = keyOf(branch);
        rows.push({
          kind: 'branch',
          id,
          ...branch,
          label,
          level: level + 1,
          position: inside.length + at + 1,
          siblings: below,
          parent: step.id,
          hasChildren: steps.length > 0,
        });
        if (!closed.has(id)) lay(steps, { level: level + 2, parent: id, siblings: steps.length });
      });
    });
  };
  lay(roots, { level: 1, parent: undefined, siblings: roots.length });
  return rows;
}

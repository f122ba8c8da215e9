import type { Edge, Node } from '@xyflow/react';
import { cardHandles } from '@/components/nodes/card-handles';
import { cardHeight, cardWidth } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import type { Box } from '@/lib/canvas/layout/box';
import { around, frameTitle, isContainer } from '@/lib/canvas/layout/containers';
import { cardBox, frameOf } from '@/lib/canvas/layout/frames';
import { drawingOf } from '@/lib/canvas/node-types';
import type { DefinitionDiff, ElementChange } from '@/lib/workflows/changes/diff';
import type {
  Definition,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from '@/lib/workflows/schema';

export type Mark = ElementChange['change'] | undefined;
export type MarkedNode = Node<{ node: WorkflowNode; mark: Mark }, 'step'>;
export type MarkedNote = Node<{ note: WorkflowNote; mark: Mark }, 'note'>;
/** The frame of a group, or of a container: then with where its card stands, seen from the frame's corner. */
export type MarkedGroup = Node<
  { name: string; color: string; mark: Mark; card?: Box },
  'group-frame'
>;

const colors = { added: 'var(--success)', removed: 'var(--danger)', changed: 'var(--warning)' };
/** Cards nearer to each other than this overlap. */
const rowHeight = 64;

/** A state with what a diff says of it, as React Flow draws it: also what is no longer there. */
export function markedGraph(
  shown: Definition,
  base: Definition | undefined,
  diff: DefinitionDiff | undefined,
): { nodes: (MarkedNode | MarkedNote | MarkedGroup)[]; edges: Edge[] } {
  const marks = new Map(
    (diff?.elements ?? []).map((change) => [`${change.part}/${change.id}`, change.change]),
  );
  const withGone = <E extends { id: string }>(part: string, now: E[] = [], old: E[] = []) => [
    ...now,
    ...old.filter((element) => marks.get(`${part}/${element.id}`) === 'removed'),
  ];
  const nodes = apart(withGone('nodes', shown.nodes, base?.nodes), shown.nodes.length);
  const ids = new Set(nodes.map((node) => node.id));
  return {
    nodes: [
      ...frames(withGone('groups', shown.groups, base?.groups), nodes, marks),
      ...withGone('notes', shown.notes, base?.notes).map((note) =>
        toNote(note, marks.get(`notes/${note.id}`)),
      ),
      ...nodes.map((node) => toNode(node, marks.get(`nodes/${node.id}`))),
    ],
    edges: withGone('edges', shown.edges, base?.edges)
      .filter((edge) => ids.has(edge.source) && ids.has(edge.target))
      .map((edge) => toEdge(edge, marks.get(`edges/${edge.id}`))),
  };
}

/**
 * What went stands below what took its place, with what stood inside it. The first `present` nodes are those that are
 * there.
 */
function apart(nodes: readonly WorkflowNode[], present: number): WorkflowNode[] {
  const heightOf = (node: WorkflowNode) => cardHeight(drawingOf(node).ports);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const gone = new Set(nodes.slice(present).map(({ id }) => id));
  const below = (node: WorkflowNode): number => {
    const free = nodes
      .slice(0, present)
      .filter(
        ({ position: { x, y } }) =>
          Math.abs(x - node.position.x) < cardWidth && Math.abs(y - node.position.y) < rowHeight,
      )
      .map((other) => other.position.y + heightOf(other) + 40);
    return free.length === 0 ? 0 : Math.max(...free) - node.position.y;
  };
  return nodes.map((node, index) => {
    if (index < present) return node;
    const outer = around({ nodes: byId }, node.id).findLast((id) => gone.has(id));
    const moved = below(byId.get(outer ?? '') ?? node);
    if (moved === 0) return node;
    return { ...node, position: { x: node.position.x, y: node.position.y + moved } };
  });
}

function toNode(node: WorkflowNode, mark: Mark): MarkedNode {
  const { accepts, ports } = drawingOf(node);
  const height = cardHeight(ports);
  return {
    id: node.id,
    type: 'step',
    position: node.position,
    data: { node, mark },
    width: cardWidth,
    height,
    measured: { width: cardWidth, height },
    handles: cardHandles(accepts, ports),
    ariaLabel: mark ? `${node.name}, ${mark}` : node.name,
    zIndex: 2,
  };
}

function toNote(note: WorkflowNote, mark: Mark): MarkedNote {
  const { width, height } = note;
  return {
    id: `note/${note.id}`,
    type: 'note',
    position: note.position,
    data: { note, mark },
    width,
    height,
    measured: { width, height },
    zIndex: 1,
  };
}

/** Frames of groups and of containers, the outer ones first. */
function frames(
  groups: readonly WorkflowGroup[],
  nodes: readonly WorkflowNode[],
  marks: ReadonlyMap<string, Mark>,
): MarkedGroup[] {
  const graph: Graph = {
    ...{ name: '', description: '', edges: new Map(), notes: new Map() },
    nodes: new Map(nodes.map((node) => [node.id, node])),
    groups: new Map(groups.map((group) => [group.id, group])),
  };
  const plain = groups.flatMap(({ id, name, color = 'grey' }) => {
    const box = frameOf(graph, id);
    return box ? [toFrame(id, box, { name, color, mark: marks.get(`groups/${id}`) })] : [];
  });
  const containers = nodes
    .filter(isContainer)
    .sort((a, b) => around(graph, a.id).length - around(graph, b.id).length)
    .flatMap((node) => {
      const box = frameOf(graph, node.id);
      if (!box) return [];
      const [card, mark] = [cardBox(node), marks.get(`nodes/${node.id}`)];
      return toFrame(node.id, box, {
        ...{ name: frameTitle(node), color: node.color ?? 'grey' },
        // What changed is in its settings: its card says so.
        mark: mark === 'changed' ? undefined : mark,
        card: { ...card, x: card.x - box.x, y: card.y - box.y },
      });
    });
  return [...plain, ...containers];
}

function toFrame(id: string, { x, y, width, height }: Box, data: MarkedGroup['data']): MarkedGroup {
  return {
    ...{ id: `group/${id}`, type: 'group-frame', position: { x, y }, data },
    ...{ width, height, measured: { width, height } },
    zIndex: 0,
  };
}

function toEdge(edge: WorkflowEdge, mark: Mark): Edge {
  return {
    id: edge.id,
    source: edge.source,
    sourceHandle: edge.sourcePort,
    target: edge.target,
    targetHandle: edge.targetPort,
    style: {
      strokeWidth: 1.75,
      stroke: mark ? colors[mark] : 'color-mix(in srgb, var(--faint) 60%, transparent)',
      ...(mark === 'removed' ? { strokeDasharray: '5 4' } : {}),
    },
  };
}

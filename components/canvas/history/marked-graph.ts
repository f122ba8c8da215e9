import type { Edge, Node } from '@xyflow/react';
import type { DefinitionDiff, ElementChange } from '@/lib/workflows/diff';
import type {
  Definition,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from '@/lib/workflows/schema';
import { cardHandles, cardHeight, cardWidth } from '../geometry';
import { drawingOf } from '../node-types';

export type Mark = ElementChange['change'] | undefined;
export type MarkedNode = Node<{ node: WorkflowNode; mark: Mark }, 'step'>;
export type MarkedNote = Node<{ note: WorkflowNote; mark: Mark }, 'note'>;
export type MarkedGroup = Node<{ group: WorkflowGroup; mark: Mark }, 'group-frame'>;

const colors = { added: 'var(--success)', removed: 'var(--danger)', changed: 'var(--warning)' };
const framePadding = 24;
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

/** What went stands below what took its place. The first `present` nodes are those that are there. */
function apart(nodes: readonly WorkflowNode[], present: number): WorkflowNode[] {
  const heightOf = (node: WorkflowNode) => cardHeight(drawingOf(node).ports);
  return nodes.map((node, index) => {
    if (index < present) return node;
    const below = nodes
      .slice(0, present)
      .filter(
        ({ position: { x, y } }) =>
          Math.abs(x - node.position.x) < cardWidth && Math.abs(y - node.position.y) < rowHeight,
      )
      .map((other) => other.position.y + heightOf(other) + 40);
    if (below.length === 0) return node;
    return { ...node, position: { x: node.position.x, y: Math.max(...below) } };
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

function frames(
  groups: readonly WorkflowGroup[],
  nodes: readonly WorkflowNode[],
  marks: ReadonlyMap<string, Mark>,
): MarkedGroup[] {
  return groups.flatMap((group) => {
    const inside = nodes.filter((node) => node.group === group.id);
    if (inside.length === 0) return [];
    const left = Math.min(...inside.map((node) => node.position.x)) - framePadding;
    const top = Math.min(...inside.map((node) => node.position.y)) - framePadding - 20;
    const right = Math.max(...inside.map((node) => node.position.x + cardWidth)) + framePadding;
    const bottom =
      Math.max(...inside.map((node) => node.position.y + cardHeight(drawingOf(node).ports))) +
      framePadding;
    const size = { width: right - left, height: bottom - top };
    return [
      {
        id: `group/${group.id}`,
        type: 'group-frame' as const,
        position: { x: left, y: top },
        data: { group, mark: marks.get(`groups/${group.id}`) },
        ...size,
        measured: size,
        zIndex: 0,
      },
    ];
  });
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

'use client';

import { useMemo, useRef } from 'react';
import type { RemoteDrags } from '@/components/presence/use-remote-drags';
import type { LocalState } from '@/components/session/state/local-state';
import { flowIdOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import type { Box } from '@/lib/canvas/layout/box';
import { frameOf, membersByGroup } from '@/lib/canvas/layout/frames';
import type { WorkflowGroup, WorkflowNote } from '@/lib/workflows/schema';
import type { ContainerNode } from '../cards/container-frame';
import { type FrameNode, frameLabel } from '../cards/frame-card';
import type { NoteNode } from '../cards/note-card';
import { useContainerNodes } from './use-containers';

type Kept<From, Node> = { from: From; box: Box; more: number; selected: boolean; node: Node };

const sameBox = (a: Box, b: Box) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** The node of last time when it would look the same; a new one else. */
function reuse<From, Node>(
  known: Kept<From, Node> | undefined,
  now: Omit<Kept<From, Node>, 'node'>,
  make: () => Node,
): Kept<From, Node> {
  const same =
    known !== undefined &&
    known.from === now.from &&
    known.more === now.more &&
    known.selected === now.selected &&
    sameBox(known.box, now.box);
  return same ? known : { ...now, node: make() };
}

const placed = ({ x, y, width, height }: Box) => ({
  position: { x, y },
  width,
  height,
  measured: { width, height },
  handles: [],
});

function frameNode(group: WorkflowGroup, box: Box, steps: number, selected: boolean): FrameNode {
  return {
    id: flowIdOf('group', group.id),
    type: 'frame',
    ...placed(box),
    data: { group, steps },
    selected,
    // A rubber band is for the cards in it; the header selects the whole.
    selectable: false,
    dragHandle: '.frame-header',
    zIndex: -2,
    style: { pointerEvents: 'none' },
    ariaLabel: frameLabel(group, steps),
  };
}

function noteNode(note: WorkflowNote, box: Box, selected: boolean): NoteNode {
  const first = note.text.trim().split('\n', 1)[0]?.slice(0, 80);
  return {
    id: flowIdOf('note', note.id),
    type: 'note',
    ...placed(box),
    data: { note },
    selected,
    connectable: false,
    zIndex: -1,
    ariaLabel: first ? `Note: ${first}` : 'Empty note',
  };
}

const nowhere: ReadonlyMap<string, Point> = new Map();

/** Frames and notes as React Flow wants them; what looks the same keeps its identity. */
export function useObjectNodes(
  graph: Graph,
  local: Pick<LocalState, 'dragging' | 'objects' | 'sizing'>,
  remote: RemoteDrags,
): (FrameNode | ContainerNode | NoteNode)[] {
  const frames = useRef(new Map<string, Kept<WorkflowGroup, FrameNode>>());
  const notes = useRef(new Map<string, Kept<WorkflowNote, NoteNode>>());
  const { dragging, objects, sizing } = local;
  const moving = useMemo(() => {
    if (dragging.size === 0 && remote.size === 0) return nowhere;
    return new Map([...remote, ...dragging]);
  }, [dragging, remote]);
  const frameNodes = useMemo(() => {
    const next = new Map<string, Kept<WorkflowGroup, FrameNode>>();
    const byGroup = membersByGroup(graph.nodes);
    for (const from of graph.groups.values()) {
      const members = byGroup.get(from.id) ?? [];
      const selected = objects.has(flowIdOf('group', from.id));
      const box = frameOf(graph, from.id, moving, selected);
      if (!box) continue;
      const now = { from, box, more: members.length, selected };
      const make = () => frameNode(from, box, members.length, selected);
      next.set(from.id, reuse(frames.current.get(from.id), now, make));
    }
    frames.current = next;
    return [...next.values()].map(({ node }) => node);
  }, [graph, moving, objects]);
  const holderNodes = useContainerNodes(graph, moving, objects);
  const noteNodes = useMemo(() => {
    const next = new Map<string, Kept<WorkflowNote, NoteNode>>();
    for (const from of graph.notes.values()) {
      const flowId = flowIdOf('note', from.id);
      const { width, height } = sizing?.id === from.id ? sizing : from;
      const box = { ...(moving.get(flowId) ?? from.position), width, height };
      const selected = objects.has(flowId);
      const now = { from, box, more: 0, selected };
      next.set(
        from.id,
        reuse(notes.current.get(from.id), now, () => noteNode(from, box, selected)),
      );
    }
    notes.current = next;
    return [...next.values()].map(({ node }) => node);
  }, [graph.notes, moving, objects, sizing]);
  return useMemo(
    () => [...frameNodes, ...holderNodes, ...noteNodes],
    [frameNodes, holderNodes, noteNodes],
  );
}

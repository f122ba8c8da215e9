import { elementOf, flowIdOf, idsOf } from '@/lib/canvas/flow-ids';
import { type Point, snap } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { type Axis, align, distribute, type Placed, type Side } from '@/lib/canvas/layout/align';
import { around, containersIn, insideOf, withInside } from '@/lib/canvas/layout/containers';
import { cardBox, dropOf, membersByGroup } from '@/lib/canvas/layout/frames';
import { freeNotePosition } from '@/lib/canvas/layout/placement';
import { drawingOf } from '@/lib/canvas/node-types';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { connect, removeElements } from '@/lib/workflows/edits/edits';
import {
  addGroup,
  addNote,
  type Drop,
  moveElements,
  pinOutput,
  removeGroups,
  renameGroup,
  resizeNote,
  setColor,
  setFixed,
} from '@/lib/workflows/edits/edits-objects';
import { containerOf } from '@/lib/workflows/edits/membership';
import { type Color, workflowLimits } from '@/lib/workflows/schema';
import { select } from '../state/local-state';
import type { ActionHost } from './action-host';

const noteSize = { width: 240, height: 160 };

/** What is selected and can be aligned: cards and notes. */
function placedOf({ graph, local }: ActionHost): Placed[] {
  const now = graph.get();
  const { nodes, objects } = local.get();
  const cards = [...nodes].flatMap((id) => {
    const node = now.nodes.get(id);
    return node ? [{ id, box: cardBox(node) }] : [];
  });
  const notes = idsOf(objects, 'note').flatMap((id) => {
    const note = now.notes.get(id);
    if (!note) return [];
    const { position, width, height } = note;
    return [{ id: flowIdOf('note', id), box: { ...position, width, height } }];
  });
  return [...cards, ...notes];
}

/** Moves by ids of the canvas, which change no group: one step to undo. */
function moveBy(host: ActionHost, wanted: ReadonlyMap<string, Point>) {
  if (wanted.size === 0) return;
  const moves = withInside(host.graph.get(), wanted);
  const of = (kind: 'node' | 'note') =>
    [...moves].flatMap(([flowId, position]) => {
      const element = elementOf(flowId);
      return element.kind === kind ? [{ id: element.id, position }] : [];
    });
  moveElements(host.draft, { nodes: of('node'), notes: of('note') });
}

function noteActions(host: ActionHost) {
  const { draft, graph, local, newId } = host;
  return {
    /** Adds a note, ready to be written; without a position in the middle of what is seen, or below what stands there. */
    addNote(at?: Point) {
      const middle = host.centre();
      const wanted = { x: middle.x - 8, y: middle.y - noteSize.height / 2 + 32 };
      const id = newId();
      const position = at
        ? { x: snap(at.x), y: snap(at.y) }
        : freeNotePosition(graph.get(), wanted, noteSize);
      if (!addNote(draft, { id, text: '', position, ...noteSize })) {
        host.say(`A workflow may have ${workflowLimits.notes} notes`);
        return;
      }
      select(local, [], [], [flowIdOf('note', id)]);
      local.set((now) => ({ ...now, palette: undefined, writing: id }));
      host.say('Note added');
    },
    write(id: string | undefined) {
      if (id !== undefined) select(local, [], [], [flowIdOf('note', id)]);
      local.set((now) => (now.writing === id ? now : { ...now, writing: id }));
    },
    resizeNote(id: string, size: { width: number; height: number }) {
      resizeNote(draft, id, { width: snap(size.width), height: snap(size.height) });
    },
    growNote(id: string, dx: number, dy: number) {
      const note = graph.get().notes.get(id);
      if (note) resizeNote(draft, id, { width: note.width + dx, height: note.height + dy });
    },
  };
}

function groupActions(host: ActionHost) {
  const { draft, graph, local, newId } = host;
  return {
    /** Frames what is selected, and asks for a name. */
    group() {
      const { nodes } = local.get();
      if (nodes.size === 0) return;
      const containers = containersIn(graph.get().nodes);
      if ([...nodes].some((node) => containers.has(node))) {
        host.say('A step inside a container cannot be in a group');
        return;
      }
      const id = newId();
      const flowId = flowIdOf('group', id);
      if (!addGroup(draft, { id, name: 'Group' }, nodes)) return;
      select(local, nodes, [], [flowId]);
      local.set((now) => ({ ...now, renaming: flowId }));
      host.say(`${nodes.size === 1 ? 'One step' : `${nodes.size} steps`} grouped`);
    },
    /** Takes the frames of what is selected away; the steps stay. */
    ungroup() {
      const { nodes, objects } = local.get();
      const chosen = new Set(idsOf(objects, 'group'));
      if (chosen.size === 0) {
        for (const id of nodes) {
          const group = graph.get().nodes.get(id)?.group;
          if (group !== undefined) chosen.add(group);
        }
      }
      // What stands inside a step is dragged out of it, one by one.
      for (const id of chosen) if (!graph.get().groups.has(id)) chosen.delete(id);
      if (chosen.size === 0) return;
      removeGroups(draft, chosen);
      host.say(chosen.size === 1 ? 'Ungrouped' : `${chosen.size} groups ungrouped`);
    },
    renameGroup: (id: string, name: string) => renameGroup(draft, id, name),
    /** Selects a frame with its steps; `more` adds them to what is selected. */
    selectGroup(id: string, more: boolean) {
      const there = graph.get();
      const members = membersByGroup(there.nodes).get(id) ?? [];
      const now = local.get();
      const framed = members.map((node) => node.id);
      const ids = there.nodes.has(id)
        ? [id, ...insideOf(there, new Set([id])).keys()]
        : [...framed, ...insideOf(there, new Set(framed)).keys()];
      const flowId = flowIdOf('group', id);
      select(
        local,
        more ? [...now.nodes, ...ids] : ids,
        [],
        more ? [...now.objects, flowId] : [flowId],
      );
    },
  };
}

/** What is done with a card that lands on a wire: it is put into it. One step to undo. */
function putOnEdge(host: ActionHost, nodeId: string, edgeId: string) {
  const { draft, graph, newId } = host;
  const now = graph.get();
  const edge = now.edges.get(edgeId);
  const node = now.nodes.get(nodeId);
  const port = node && drawingOf(node).ports[0]?.id;
  if (!edge || port === undefined) return;
  if (containerOf(draft, nodeId) !== containerOf(draft, edge.source)) return;
  removeElements(draft, { edges: [edgeId] });
  const targetPort = 'in';
  connect(draft, { ...edge, id: newId(), target: nodeId, targetPort });
  connect(draft, { ...edge, id: newId(), source: nodeId, sourcePort: port });
}

/** Says what a drop did with steps inside others. */
function tellDrop(host: ActionHost, before: Graph, groups: Drop['groups']) {
  for (const [id, group] of groups ?? []) {
    const name = before.nodes.get(id)?.name ?? 'A step';
    const [into, out] = [
      before.nodes.get(group ?? ''),
      before.nodes.get(around(before, id)[0] ?? ''),
    ];
    if (into) host.say(`${name} was moved into ${into.name}`);
    else if (out) host.say(`${name} was moved out of ${out.name}`);
  }
}

function positionActions(host: ActionHost) {
  const { draft, graph, local, undo } = host;
  return {
    /** Puts what was dragged where it was dropped: into and out of frames, and on a wire. One step to undo. */
    drop(positions: ReadonlyMap<string, Point>) {
      const { objects, dropEdge } = local.get();
      const [only] = positions.keys();
      undo.stopCapturing();
      draft.doc.transact(() => {
        const before = graph.get();
        const dropped = dropOf(before, positions, objects);
        moveElements(draft, dropped);
        tellDrop(host, before, dropped.groups);
        if (dropEdge !== undefined && only !== undefined) putOnEdge(host, only, dropEdge);
      }, draft.origin);
    },
    nudge(dx: number, dy: number) {
      const moves = placedOf(host).map(
        ({ id, box }) => [id, { x: box.x + dx, y: box.y + dy }] as const,
      );
      moveBy(host, new Map(moves));
    },
    align(side: Side) {
      undo.stopCapturing();
      moveBy(host, align(placedOf(host), side));
    },
    distribute(axis: Axis) {
      undo.stopCapturing();
      moveBy(host, distribute(placedOf(host), axis));
    },
  };
}

/** Actions on notes, groups, positions, colours and pins. */
export function createObjectActions(host: ActionHost) {
  const { draft, graph, local } = host;
  return {
    ...noteActions(host),
    ...groupActions(host),
    ...positionActions(host),
    /** Colours what is selected; a frame without the cards in it. */
    color(color: Color | undefined) {
      const { nodes, objects } = local.get();
      const groups = idsOf(objects, 'group');
      const framed = new Set(groups);
      const loose = [...nodes].filter((id) => !framed.has(graph.get().nodes.get(id)?.group ?? ''));
      setColor(draft, { nodes: loose, notes: idsOf(objects, 'note'), groups }, color);
    },
    colorOnly: (flowId: string, color: Color | undefined) => {
      const { kind, id } = elementOf(flowId);
      setColor(draft, { [`${kind}s`]: [id] }, color);
    },
    toggleFixed(ids: Iterable<string>) {
      const chosen = [...ids];
      const first = graph.get().nodes.get(chosen[0] ?? '');
      if (!first) return;
      setFixed(draft, chosen, first.fixed !== true);
      host.say(first.fixed ? 'Tidy layout may move it again' : 'Tidy layout does not move it');
    },
    /** Pins an output for rehearsals; undefined takes it away. Gives the reason when it could not. */
    pin(id: string, output: Json | undefined): string | undefined {
      const reason = pinOutput(draft, id, output);
      if (reason === undefined)
        host.say(output === undefined ? 'Output unpinned' : 'Output pinned');
      return reason;
    },
    pickObject: (flowId: string) => select(local, [], [], [flowId]),
    editPin: (id: string | undefined) => local.set((now) => ({ ...now, pinning: id })),
    removeObjects(flowIds: Iterable<string>) {
      const ids = [...flowIds];
      removeElements(draft, { notes: idsOf(ids, 'note'), groups: idsOf(ids, 'group') });
      select(local, []);
    },
  };
}

import { type Clipboard, fromClipboardText, toClipboardText } from '@/lib/canvas/clipboard';
import { flowIdOf, idsOf } from '@/lib/canvas/flow-ids';
import { grid, type Point, snap } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { type Box, boxAround } from '@/lib/canvas/layout/box';
import { containersIn, isContainer } from '@/lib/canvas/layout/containers';
import { cardBox, containerFrames, groupAt } from '@/lib/canvas/layout/frames';
import { freePosition, positionInside } from '@/lib/canvas/layout/placement';
import { typeOf } from '@/lib/canvas/node-types';
import { readDraft } from '@/lib/workflows/draft/draft';
import { insertElements } from '@/lib/workflows/edits/insert-elements';
import { withInside } from '@/lib/workflows/edits/membership';
import { workflowLimits } from '@/lib/workflows/schema';
import { select } from '../state/local-state';
import type { ActionHost } from './action-host';
import { tellMissing } from './missing-references';

/** What is selected, or these steps, with what stands inside and among them. A group goes along when all its steps do. */
function takeCopy({ draft, local }: ActionHost, ids?: Iterable<string>): Clipboard | undefined {
  const { nodes: selected, objects } = local.get();
  const chosen = withInside(draft, ids ?? selected);
  const definition = readDraft(draft.doc, draft.catalogue);
  const left = new Set(
    definition.nodes.flatMap((node) => (chosen.has(node.id) ? [] : (node.group ?? []))),
  );
  const nodes = definition.nodes.filter((node) => chosen.has(node.id));
  const whole = new Set(nodes.flatMap((node) => node.group ?? []).filter((id) => !left.has(id)));
  const edges = definition.edges.filter(
    (edge) => chosen.has(edge.source) && chosen.has(edge.target),
  );
  const noteIds = new Set(ids ? [] : idsOf(objects, 'note'));
  const notes = (definition.notes ?? []).filter((note) => noteIds.has(note.id));
  const groups = (definition.groups ?? []).filter((group) => whole.has(group.id));
  return nodes.length + notes.length > 0 ? { nodes, edges, groups, notes } : undefined;
}

type Inside = Parameters<typeof insertElements>[2]['inside'];

function insert(host: ActionHost, content: Clipboard, offset: Point, inside: Inside): boolean {
  const { draft, newId, local } = host;
  const done = insertElements(draft, content, { newId, offset, inside });
  if (!done) {
    if (!draft.readOnly?.()) host.say(`A workflow may have ${workflowLimits.nodes} steps`);
    return false;
  }
  const objects = [
    ...done.notes.map((id) => flowIdOf('note', id)),
    ...done.groups.map((id) => flowIdOf('group', id)),
  ];
  select(local, done.nodes, [], objects);
  const { length } = done.nodes;
  host.say(length === 0 ? 'Note added' : length === 1 ? 'One step added' : `${length} steps added`);
  return true;
}

/** Puts content where its top left corner is at a point of the canvas. */
export function insertAt(host: ActionHost, content: Clipboard, at: Point): boolean {
  const positions = [...content.nodes, ...(content.notes ?? [])].map(({ position }) => ({
    ...position,
    width: 0,
    height: 0,
  }));
  const frame = groupAt(host.graph.get(), at);
  const inside = isContainer(host.graph.get().nodes.get(frame ?? '')) ? frame : undefined;
  return insertInside(host, content, boxAround(positions) ?? { x: 0, y: 0 }, at, inside);
}

/** Moves content so that what is at `from` comes to `at`. */
function insertInside(
  host: ActionHost,
  content: Clipboard,
  from: Point,
  at: Point,
  inside: string | undefined,
): boolean {
  const offset = { x: snap(at.x - from.x), y: snap(at.y - from.y) };
  return insert(host, content, offset, ({ type }) =>
    typeOf(type)?.accepts === false ? undefined : inside,
  );
}

/** Puts content where there is room for it: inside the step in which what is selected stands, else in what is seen. */
function insertFree(host: ActionHost, content: Clipboard): boolean {
  const graph = host.graph.get();
  const { nodes: selected } = host.local.get();
  const containers = containersIn(graph.nodes);
  const outer = [...selected]
    .map((id) => containers.get(id))
    .filter((id) => id === undefined || !selected.has(id));
  const holder = new Set(outer).size === 1 ? graph.nodes.get(outer[0] ?? '') : undefined;
  const box = boxOf(content);
  const at = holder
    ? positionInside(graph, holder, box)
    : freePosition(graph, host.centre(), undefined, box);
  return insertInside(host, content, box, at, holder?.id);
}

/** All that content takes up, with the frames of its containers. */
function boxOf({ nodes, notes }: Clipboard): Box {
  const graph: Graph = {
    ...{ name: '', description: '', edges: new Map(), groups: new Map(), notes: new Map() },
    nodes: new Map(nodes.map((node) => [node.id, node])),
  };
  const boxes = [
    ...nodes.map((node) => cardBox(node)),
    ...containerFrames(graph).values(),
    ...notes.map(({ position, width, height }) => ({ ...position, width, height })),
  ];
  return boxAround(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** Copy, paste and duplicate. */
export function createClipboardActions(host: ActionHost) {
  const paste = (text: string, screen?: Point) => {
    const content = fromClipboardText(text);
    if (!content || host.draft.readOnly?.()) return false;
    if (screen ? insertAt(host, content, host.toCanvas(screen)) : insertFree(host, content)) {
      void tellMissing(content, host.say);
    }
    return true;
  };
  return {
    copy: () => {
      const content = takeCopy(host);
      return content ? toClipboardText(content) : undefined;
    },
    async copyToClipboard() {
      const content = takeCopy(host);
      if (content) await navigator.clipboard.writeText(toClipboardText(content));
    },
    paste,
    async pasteFromClipboard(screen?: Point) {
      const text = await navigator.clipboard.readText().catch(() => '');
      if (!paste(text, screen)) host.say('There are no steps on the clipboard');
    },
    /** Copies these steps beside themselves; what is selected, notes too, without them. */
    duplicate(ids?: Iterable<string>) {
      const chosen = ids === undefined ? undefined : new Set(ids);
      const { nodes } = host.local.get();
      const same = chosen && chosen.size === nodes.size && [...chosen].every((id) => nodes.has(id));
      const content = takeCopy(host, same ? undefined : chosen);
      const containers = containersIn(host.graph.get().nodes);
      const offset = { x: 4 * grid, y: 10 * grid };
      // What stands inside a step has its copy beside it there.
      if (content) insert(host, content, offset, ({ id }) => containers.get(id));
    },
  };
}

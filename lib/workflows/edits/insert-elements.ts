import { cleanName } from '@/lib/names/name-problem';
import {
  type Draft,
  draftParts,
  entryOf,
  writeEdge,
  writeGroup,
  writeNode,
  writeNote,
} from '../draft/draft';
import { edit, keyGiver, type Point } from '../draft/editing';
import {
  type WorkflowEdge,
  type WorkflowGroup,
  type WorkflowNode,
  type WorkflowNote,
  workflowLimits,
} from '../schema';
import { renameInDraft } from './rename-references';

/** Parts of a workflow that travel: paste, duplicate, templates. */
export type Content = {
  nodes: readonly WorkflowNode[];
  edges: readonly WorkflowEdge[];
  groups?: readonly WorkflowGroup[] | undefined;
  notes?: readonly WorkflowNote[] | undefined;
};
export type Inserted = { nodes: string[]; notes: string[]; groups: string[] };

/** The server takes updates of at most 256 KiB; what one element costs beside its texts is counted generously. */
const maxPerUpdate = 150_000;
const overhead = 700;

type Piece = { size: number; nodeId?: string; write: () => void };

/**
 * Puts copies of steps and what belongs to them into the draft: one step to undo, in as many updates as the server's
 * limit asks for. Ids are new, keys are made unique, and references among the copies follow. Gives the new ids;
 * undefined, and no change, when they do not all fit.
 */
export function insertElements(
  draft: Draft,
  content: Content,
  options: {
    newId: () => string;
    offset: Point;
    /** The step of the draft inside which a copy goes whose own group or step around is not copied with it. */
    inside?: ((node: WorkflowNode) => string | undefined) | undefined;
  },
): Inserted | undefined {
  if (draft.readOnly?.() || !fits(draft, content)) return undefined;
  const { newId } = options;
  const ids = new Map(content.nodes.map((node) => [node.id, newId()]));
  const groupIds = new Map((content.groups ?? []).map((group) => [group.id, newId()]));
  const noteIds = new Map((content.notes ?? []).map((note) => [note.id, newId()]));
  const giveKey = keyGiver(draft);
  const keys = new Map(content.nodes.map((node) => [node.id, giveKey(node.key)]));
  const renamed = new Map(
    content.nodes.flatMap((node) => {
      const key = keys.get(node.id);
      return key === undefined || key === node.key ? [] : [[node.key, key] as const];
    }),
  );
  const maps = { ids, groupIds, noteIds, keys };
  const group = `insert:${newId()}`;
  for (const chunk of chunksOf(piecesOf(draft, content, maps, options))) {
    edit(draft, group, () => {
      for (const { write } of chunk) write();
      renameInDraft(draft, renamed, new Set(chunk.flatMap(({ nodeId }) => nodeId ?? [])));
    });
  }
  return {
    nodes: [...ids.values()],
    notes: [...noteIds.values()],
    groups: [...groupIds.values()],
  };
}

function fits(draft: Draft, { nodes, edges, groups = [], notes = [] }: Content): boolean {
  const now = draftParts(draft.doc);
  return (
    now.nodes.size + nodes.length <= workflowLimits.nodes &&
    now.edges.size + edges.length <= workflowLimits.edges &&
    now.groups.size + groups.length <= workflowLimits.groups &&
    now.notes.size + notes.length <= workflowLimits.notes
  );
}

type Ids = Record<'ids' | 'groupIds' | 'noteIds' | 'keys', ReadonlyMap<string, string>>;

function piecesOf(
  draft: Draft,
  content: Content,
  { ids, groupIds, noteIds, keys }: Ids,
  { newId, offset, inside }: Parameters<typeof insertElements>[2],
): Piece[] {
  const { nodes, edges, groups, notes } = draftParts(draft.doc);
  const moved = ({ x, y }: Point) => ({
    x: Math.round(x + offset.x),
    y: Math.round(y + offset.y),
  });
  const pieces: Piece[] = [];
  for (const group of content.groups ?? []) {
    const id = groupIds.get(group.id) ?? group.id;
    pieces.push({
      size: sizeOf(group),
      write: () => writeGroup(entryOf(groups, id), { ...group, id, name: cleanName(group.name) }),
    });
  }
  for (const node of content.nodes) {
    const id = ids.get(node.id) ?? node.id;
    const { group: old, ...rest } = node;
    const copied = old === undefined ? undefined : (groupIds.get(old) ?? ids.get(old));
    const group = copied ?? inside?.(node);
    const copy = {
      ...rest,
      id,
      name: cleanName(node.name) || node.type,
      key: keys.get(node.id) ?? node.key,
      position: moved(node.position),
      ...(group === undefined ? {} : { group }),
    };
    const write = () => writeNode(entryOf(nodes, id), copy, draft);
    pieces.push({ size: sizeOf(node), nodeId: id, write });
  }
  for (const edge of content.edges) {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (!source || !target) continue;
    const id = newId();
    const write = () => writeEdge(entryOf(edges, id), { ...edge, id, source, target });
    pieces.push({ size: sizeOf(edge), write });
  }
  for (const note of content.notes ?? []) {
    const id = noteIds.get(note.id) ?? note.id;
    const copy = { ...note, id, position: moved(note.position) };
    pieces.push({ size: sizeOf(note), write: () => writeNote(entryOf(notes, id), copy) });
  }
  return pieces;
}

function chunksOf(pieces: readonly Piece[]): Piece[][] {
  const chunks: Piece[][] = [];
  let last: Piece[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (last.length > 0 && size + piece.size > maxPerUpdate) {
      chunks.push(last);
      last = [];
      size = 0;
    }
    last.push(piece);
    size += piece.size;
  }
  if (last.length > 0) chunks.push(last);
  return chunks;
}

/** At least as many bytes as the element takes in an update. */
function sizeOf(element: object): number {
  const json = JSON.stringify(element);
  let bytes = overhead;
  for (let i = 0; i < json.length; i += 1) bytes += json.charCodeAt(i) < 128 ? 1 : 3;
  return bytes;
}

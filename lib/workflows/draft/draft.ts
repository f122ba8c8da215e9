import * as Y from 'yjs';
import type { z } from 'zod';
import { keyFromName } from '@/lib/names/element-keys';
import {
  type Color,
  colorSchema,
  type Definition,
  elementIdSchema,
  nodeKeySchema,
  policySchema,
  type WorkflowEdge,
  type WorkflowGroup,
  type WorkflowNode,
  type WorkflowNote,
  workflowLimits,
} from '../schema';
import type { DraftCatalogue, FieldShape } from './draft-shape';
import { containsSteps, shapesOf } from './draft-shape';
import {
  readFields,
  sameJson,
  type TextMode,
  toJson,
  writeField,
  writeFields,
} from './draft-value';
import { writeKey } from './former-keys';

/** A shared document and what its edits need to know. */
export type Draft = {
  readonly doc: Y.Doc;
  readonly catalogue: DraftCatalogue;
  /** Origin of every edit's transaction; the undo of this person follows it. */
  readonly origin: unknown;
  /** Called before each edit; neighbours of one group (a drag, typing in one field) undo as one step. */
  readonly onEdit?: (group: string | undefined) => void;
  /** While true, edits do nothing. */
  readonly readOnly?: () => boolean;
  /** How shared texts are set; absent: merged. */
  readonly texts?: TextMode;
};

export type DraftMeta = { name: string; description: string; timeoutMs?: number };

/** The roots of the document: what belongs to the workflow itself, and a map of elements by id for each kind. */
export const draftParts = (doc: Y.Doc) => ({
  meta: doc.getMap<unknown>('meta'),
  nodes: doc.getMap<unknown>('nodes'),
  edges: doc.getMap<unknown>('edges'),
  groups: doc.getMap<unknown>('groups'),
  notes: doc.getMap<unknown>('notes'),
});
export type DraftPart = keyof ReturnType<typeof draftParts>;

/**
 * The workflow in a shared document. Tolerant: what cannot be a node or an edge is left out, as are edges without
 * both ends and doubles, so that concurrent edits always read as a definition of the right shape.
 */
export function readDraft(doc: Y.Doc, catalogue: DraftCatalogue): Definition {
  const parts = draftParts(doc);
  const groups = inOrder(parts.groups).flatMap(([id, value]) => readGroup(id, value) ?? []);
  const notes = inOrder(parts.notes).flatMap(([id, value]) => readNote(id, value) ?? []);
  const nodes = inOrder(parts.nodes).flatMap(([id, value]) => readNode(id, value, catalogue) ?? []);
  const edges = inOrder(parts.edges).flatMap(([id, value]) => readEdge(id, value) ?? []);
  return {
    schema: 1,
    ...readMeta(doc),
    nodes: inKnownGroups(nodes, groups, catalogue),
    edges: soundEdges(nodes, edges),
    ...(groups.length > 0 ? { groups } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function inKnownGroups(
  nodes: WorkflowNode[],
  groups: readonly WorkflowGroup[],
  catalogue: DraftCatalogue,
): WorkflowNode[] {
  const known = new Set(groups.map((group) => group.id));
  for (const { id, type } of nodes) if (containsSteps(catalogue, type)) known.add(id);
  return nodes.map((node) => {
    if (node.group === undefined || known.has(node.group)) return node;
    const { group: _, ...rest } = node;
    return rest;
  });
}

/** Name, description and time limit, with what is missing filled in. */
export function readMeta(doc: Y.Doc): DraftMeta {
  const { meta } = draftParts(doc);
  const timeoutMs = meta.get('timeoutMs');
  return {
    name: text(meta.get('name'), workflowLimits.nameLength) || 'Untitled workflow',
    description: text(meta.get('description'), 10_000),
    ...(typeof timeoutMs === 'number' && Number.isSafeInteger(timeoutMs) ? { timeoutMs } : {}),
  };
}

/** One node, or undefined when the value is none. */
export function readNode(
  id: string,
  value: unknown,
  catalogue: DraftCatalogue,
): WorkflowNode | undefined {
  if (!(value instanceof Y.Map) || !elementIdSchema.safeParse(id).success) return undefined;
  const type = text(value.get('type'), 64);
  if (type === '') return undefined;
  const name = text(value.get('name'), workflowLimits.nameLength) || type;
  const key = nodeKeySchema.safeParse(value.get('key'));
  const policy = checked(policySchema, value.get('policy'));
  const config = value.get('config');
  const group = checked(elementIdSchema, value.get('group'));
  const pinned = toJson(value.get('pinnedOutput'));
  return {
    id,
    key: key.success ? key.data : keyFromName(name),
    type,
    name,
    position: { x: coordinate(value.get('x')), y: coordinate(value.get('y')) },
    config: config instanceof Y.Map ? readFields(config, shapesOf(catalogue, type)) : {},
    ...(policy === undefined ? {} : { policy }),
    ...(value.get('disabled') === true ? { disabled: true } : {}),
    ...(group === undefined ? {} : { group }),
    ...colorOf(value),
    ...(value.get('fixed') === true ? { fixed: true } : {}),
    ...(pinned === undefined ? {} : { pinnedOutput: pinned }),
  };
}

/** One group, or undefined when the value is none. */
export function readGroup(id: string, value: unknown): WorkflowGroup | undefined {
  if (!(value instanceof Y.Map) || !elementIdSchema.safeParse(id).success) return undefined;
  return { id, name: text(value.get('name'), workflowLimits.nameLength), ...colorOf(value) };
}

/** One note, or undefined when the value is none. */
export function readNote(id: string, value: unknown): WorkflowNote | undefined {
  if (!(value instanceof Y.Map) || !elementIdSchema.safeParse(id).success) return undefined;
  const within = (size: unknown, least: number, usual: number) =>
    typeof size === 'number' && size >= least && size <= 2_000 ? size : usual;
  return {
    id,
    text: text(value.get('text'), workflowLimits.noteLength),
    position: { x: coordinate(value.get('x')), y: coordinate(value.get('y')) },
    width: within(value.get('width'), 80, 240),
    height: within(value.get('height'), 60, 160),
    ...colorOf(value),
  };
}

function colorOf(value: Y.Map<unknown>): { color?: Color } {
  const color = checked(colorSchema, value.get('color'));
  return color === undefined ? {} : { color };
}

/** Most elements lack most parts: what is not there is not parsed, for a failure costs more than all the rest. */
function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value | undefined {
  return value === undefined ? undefined : schema.safeParse(value).data;
}

/** One edge, or undefined when the value is none. */
export function readEdge(id: string, value: unknown): WorkflowEdge | undefined {
  if (!(value instanceof Y.Map) || !elementIdSchema.safeParse(id).success) return undefined;
  const source = text(value.get('source'), 64);
  const target = text(value.get('target'), 64);
  if (source === '' || target === '') return undefined;
  const sourcePort = text(value.get('sourcePort'), 64) || 'out';
  const targetPort = text(value.get('targetPort'), 64) || 'in';
  return { id, source, sourcePort, target, targetPort };
}

/** Edges whose ends both exist, each connection once. */
export function soundEdges(
  nodes: readonly WorkflowNode[],
  edges: readonly WorkflowEdge[],
): WorkflowEdge[] {
  const ids = new Set(nodes.map((node) => node.id));
  const seen = new Set<string>();
  return edges.filter((edge) => {
    const connection = JSON.stringify([edge.source, edge.sourcePort, edge.target, edge.targetPort]);
    if (!ids.has(edge.source) || !ids.has(edge.target) || seen.has(connection)) return false;
    seen.add(connection);
    return true;
  });
}

/** Entries of nodes or edges in the order in which lists, exports and the canvas show them. */
export function inOrder(map: Y.Map<unknown>): [string, unknown][] {
  const placed = [...map.entries()].map(([id, value]) => ({ id, value, at: orderOf(value) }));
  placed.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return placed.map(({ id, value }) => [id, value]);
}

/** Makes the document say `definition` by the least edits: what did not change keeps its identity, and carets stay. */
export function writeDraft(draft: Draft, definition: Definition): void {
  draft.doc.transact(() => {
    const { meta, nodes, edges, groups, notes } = draftParts(draft.doc);
    setOrDelete(meta, 'name', definition.name);
    writeText(meta, 'description', definition.description, draft.texts);
    setOrDelete(meta, 'timeoutMs', definition.timeoutMs);
    writeAll(nodes, definition.nodes, (map, node) => writeNode(map, node, draft));
    writeAll(edges, definition.edges, writeEdge);
    writeAll(groups, definition.groups ?? [], writeGroup);
    writeAll(notes, definition.notes ?? [], (map, note) => writeNote(map, note, draft));
  }, draft.origin);
}

/** Makes a map of the document hold one node. Call inside a transaction. */
export function writeNode(
  map: Y.Map<unknown>,
  node: WorkflowNode,
  { catalogue, texts }: Pick<Draft, 'catalogue' | 'texts'>,
): void {
  setOrDelete(map, 'type', node.type);
  writeKey(map, node.key);
  setOrDelete(map, 'name', node.name);
  setOrDelete(map, 'x', node.position.x);
  setOrDelete(map, 'y', node.position.y);
  setOrDelete(map, 'disabled', node.disabled === true ? true : undefined);
  setOrDelete(map, 'policy', node.policy);
  setOrDelete(map, 'group', node.group);
  setOrDelete(map, 'color', node.color);
  setOrDelete(map, 'fixed', node.fixed === true ? true : undefined);
  setOrDelete(map, 'pinnedOutput', node.pinnedOutput);
  const found = map.get('config');
  const config = found instanceof Y.Map ? found : new Y.Map<unknown>();
  if (config !== found) map.set('config', config);
  const shapes = shapesOf(catalogue, node.type);
  writeFields(config, node.config, shapes, { texts });
}

/** The same for an edge. */
export function writeEdge(map: Y.Map<unknown>, edge: WorkflowEdge): void {
  setOrDelete(map, 'source', edge.source);
  setOrDelete(map, 'sourcePort', edge.sourcePort);
  setOrDelete(map, 'target', edge.target);
  setOrDelete(map, 'targetPort', edge.targetPort);
}

/** The same for a group. */
export function writeGroup(map: Y.Map<unknown>, group: WorkflowGroup): void {
  setOrDelete(map, 'name', group.name);
  setOrDelete(map, 'color', group.color);
}

/** The same for a note. */
export function writeNote(
  map: Y.Map<unknown>,
  note: WorkflowNote,
  { texts }: Pick<Draft, 'texts'> = {},
): void {
  writeText(map, 'text', note.text, texts);
  setOrDelete(map, 'x', note.position.x);
  setOrDelete(map, 'y', note.position.y);
  setOrDelete(map, 'width', note.width);
  setOrDelete(map, 'height', note.height);
  setOrDelete(map, 'color', note.color);
}

/** Makes an entry a shared text that says `value`. */
export function writeText(
  map: Y.Map<unknown>,
  name: string,
  value: string,
  texts?: TextMode,
): void {
  writeField(map, name, value, sharedText, texts);
}
const sharedText: FieldShape = { kind: 'text', widget: 'text', optional: false, initial: '' };

/** Sets a value unless it stands there already; undefined takes it away. */
export function setOrDelete(map: Y.Map<unknown>, name: string, value: unknown): void {
  if (value === undefined) {
    if (map.has(name)) map.delete(name);
  } else if (!sameJson(map.get(name), value)) map.set(name, value);
}

/** The entry of an id, made at the end of the order when it is not there. */
export function entryOf(map: Y.Map<unknown>, id: string): Y.Map<unknown> {
  const found = map.get(id);
  if (found instanceof Y.Map) return found;
  let last = 0;
  for (const value of map.values()) last = Math.max(last, orderOf(value));
  const made = new Y.Map<unknown>();
  map.set(id, made);
  made.set('order', last + 1);
  return made;
}

function writeAll<Element extends { id: string }>(
  map: Y.Map<unknown>,
  elements: readonly Element[],
  write: (entry: Y.Map<unknown>, element: Element) => void,
): void {
  const wanted = new Set(elements.map((element) => element.id));
  for (const id of [...map.keys()]) if (!wanted.has(id)) map.delete(id);
  let last = 0;
  for (const element of elements) {
    const found = map.get(element.id);
    const entry = found instanceof Y.Map ? found : new Y.Map<unknown>();
    if (entry !== found) map.set(element.id, entry);
    const order = entry === found ? orderOf(entry) : 0;
    last = order > last && order < last + 1_000_000 ? order : last + 1;
    setOrDelete(entry, 'order', last);
    write(entry, element);
  }
}

function orderOf(value: unknown): number {
  const order = value instanceof Y.Map ? value.get('order') : undefined;
  return typeof order === 'number' && Number.isFinite(order) ? order : 0;
}

function text(value: unknown, most: number): string {
  const string = value instanceof Y.Text ? value.toString() : value;
  return typeof string === 'string' ? string.slice(0, most) : '';
}

const coordinate = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;

import * as Y from 'yjs';
import { keyFromName } from '@/lib/names/element-keys';
import { cleanName } from '@/lib/names/name-problem';
import {
  type Draft,
  draftParts,
  entryOf,
  readEdge,
  setOrDelete,
  writeEdge,
  writeNode,
  writeText,
} from '../draft/draft';
import { type FieldShapes, shapeAt, shapesOf } from '../draft/draft-shape';
import { type Json, type JsonObject, rowWriter, writeField } from '../draft/draft-value';
import { edit, freeKey, nodeOf, type Point } from '../draft/editing';
import { claimKey, writeKey } from '../draft/former-keys';
import { insertRow, moveRowBy, rowAt, rowIndex } from '../draft/rows';
import { type Policy, type WorkflowEdge, workflowLimits } from '../schema';
import { containerOf, dissolve, dropEmpty, groupOf, withInside } from './membership';
import { renameInDraft } from './rename-references';

export type NewNode = {
  id: string;
  type: string;
  name: string;
  position: Point;
  config?: JsonObject;
  /** Made from the name, and unique, unless given. */
  key?: string;
};
/** Where a field is: `['prompt']`, or `['cases', <item id or index>, 'when']` inside a list. */
export type FieldPath = readonly (string | number)[];

/** Adds a node, with the shared texts that its type needs. Gives its key; undefined when the workflow is full. */
export function addNode(draft: Draft, node: NewNode): string | undefined {
  const { nodes } = draftParts(draft.doc);
  if (nodes.size >= workflowLimits.nodes || nodes.has(node.id)) return undefined;
  return edit(draft, undefined, () => {
    const key = freeKey(draft, node.key ?? keyFromName(node.name));
    const { id, type, position, config = {} } = node;
    const name = cleanName(node.name) || type;
    claimKey(nodes, id, key);
    writeNode(entryOf(nodes, id), { id, type, key, name, position, config }, draft);
    return key;
  });
}

/** Moves nodes, in whole pixels. The moves of one drag are one step to undo. */
export function moveNodes(draft: Draft, moves: readonly { id: string; position: Point }[]): void {
  edit(draft, 'move', () => {
    for (const { id, position } of moves) {
      const node = nodeOf(draft, id);
      if (!node) continue;
      setOrDelete(node, 'x', Math.round(position.x));
      setOrDelete(node, 'y', Math.round(position.y));
    }
  });
}

/**
 * Removes nodes with their edges and with what stands inside them, edges, notes and groups. A group that loses its last
 * node goes with it.
 */
export function removeElements(
  draft: Draft,
  elements: {
    nodes?: Iterable<string>;
    edges?: Iterable<string>;
    notes?: Iterable<string>;
    groups?: Iterable<string>;
  },
): void {
  edit(draft, undefined, () => {
    const { nodes, edges, notes } = draftParts(draft.doc);
    const gone = withInside(draft, elements.nodes ?? []);
    for (const id of elements.edges ?? []) edges.delete(id);
    for (const id of elements.notes ?? []) notes.delete(id);
    for (const [id, value] of [...edges.entries()]) {
      const edge = readEdge(id, value);
      if (edge && (gone.has(edge.source) || gone.has(edge.target))) edges.delete(id);
    }
    const left = new Set([...gone].flatMap((id) => groupOf(draft, id) ?? []));
    for (const id of gone) nodes.delete(id);
    for (const id of elements.groups ?? []) dissolve(draft, id);
    dropEmpty(draft, left);
  });
}

/** Adds an edge, unless the same connection is there already or would close a circle. Says whether it was added. */
export function connect(draft: Draft, edge: WorkflowEdge): boolean {
  if (connectionProblem(draft, edge) !== undefined) return false;
  const { edges } = draftParts(draft.doc);
  const added = edit(draft, undefined, () => {
    writeEdge(entryOf(edges, edge.id), edge);
    return true;
  });
  return added ?? false;
}

/** Why a connection cannot be made, for people; undefined when it can. `except`: an edge that it replaces. */
export function connectionProblem(
  draft: Draft,
  edge: Omit<WorkflowEdge, 'id'>,
  except?: string,
): string | undefined {
  const { nodes, edges } = draftParts(draft.doc);
  if (!nodes.has(edge.source) || !nodes.has(edge.target)) return 'This step was removed.';
  if (edges.size >= workflowLimits.edges) return 'The workflow has the maximum number of wires.';
  if (edge.source === edge.target) return 'A step cannot be connected to itself.';
  const crossing = crossingProblem(draft, edge);
  if (crossing !== undefined) return crossing;
  const next = new Map<string, string[]>();
  for (const [id, value] of edges.entries()) {
    const other = id === except ? undefined : readEdge(id, value);
    if (!other) continue;
    const same = other.source === edge.source && other.target === edge.target;
    if (same && other.sourcePort === edge.sourcePort && other.targetPort === edge.targetPort) {
      return 'These steps are already connected.';
    }
    next.set(other.source, [...(next.get(other.source) ?? []), other.target]);
  }
  return reaches(next, edge.target, edge.source)
    ? 'This would create a cycle. Use a Loop step to repeat steps.'
    : undefined;
}

/** Both ends stand inside the same step, or inside none. */
function crossingProblem(draft: Draft, edge: Pick<WorkflowEdge, 'source' | 'target'>) {
  const [from, to] = [containerOf(draft, edge.source), containerOf(draft, edge.target)];
  if (from === to) return undefined;
  const name = (id: string) => String(nodeOf(draft, id)?.get('name'));
  const into = to !== undefined && (from === undefined || containerOf(draft, from) !== to);
  return into
    ? `A wire cannot lead into “${name(to)}”.`
    : `A wire cannot lead out of “${name(from ?? '')}”.`;
}

/** Puts an edge's end elsewhere. Says whether it could. */
export function reconnect(draft: Draft, edge: WorkflowEdge): boolean {
  const { edges } = draftParts(draft.doc);
  if (!edges.has(edge.id) || connectionProblem(draft, edge, edge.id) !== undefined) return false;
  edit(draft, undefined, () => writeEdge(entryOf(edges, edge.id), edge));
  return true;
}

/**
 * Sets a field of a node's config; undefined takes it away. A shared text is edited by the least changes.
 * Neighbouring sets of one field are one step to undo.
 */
export function setField(
  draft: Draft,
  nodeId: string,
  path: FieldPath,
  value: Json | undefined,
): void {
  edit(draft, `field:${nodeId}:${path.join('.')}`, () => writeAt(draft, nodeId, path, value));
}

/** Sets several fields of a node's config as one step to undo; undefined takes a field away. */
export function setFields(
  draft: Draft,
  nodeId: string,
  values: Readonly<Record<string, Json | undefined>>,
): void {
  edit(draft, undefined, () => {
    for (const [name, value] of Object.entries(values)) writeAt(draft, nodeId, [name], value);
  });
}

function writeAt(draft: Draft, nodeId: string, path: FieldPath, value: Json | undefined): void {
  const place = placeOf(draft, nodeId, path);
  if (!place) return;
  const { map, name, shapes } = place;
  const shape = shapeAt(shapes, [name]);
  if (value !== undefined) writeField(map, name, value, shape, draft.texts);
  else if (shape.kind === 'text') writeField(map, name, '', shape, draft.texts);
  else map.delete(name);
}

/** Adds an item, which has a stable `id`, to a list field. */
export function addRow(
  draft: Draft,
  nodeId: string,
  field: string,
  row: JsonObject & { id: string },
  index?: number,
): void {
  edit(draft, undefined, () => {
    const place = placeOf(draft, nodeId, [field]);
    const shape = place && shapeAt(place.shapes, [field]);
    if (!place || shape?.kind !== 'rows') return;
    if (!(place.map.get(field) instanceof Y.Array)) writeField(place.map, field, [], shape);
    const array = place.map.get(field) as Y.Array<unknown>;
    insertRow(
      array,
      Math.min(index ?? array.length, array.length),
      row,
      rowWriter(shape.fields, draft.texts),
    );
  });
}

/** Takes an item out of a list field. */
export function removeRow(draft: Draft, nodeId: string, field: string, rowId: string): void {
  edit(draft, undefined, () => {
    const array = placeOf(draft, nodeId, [field])?.map.get(field);
    const index = array instanceof Y.Array ? rowIndex(array, rowId) : -1;
    if (array instanceof Y.Array && index >= 0) array.delete(index);
  });
}

/** Moves an item of a list field by places; the item itself stays, with what others type into it. */
export function moveRow(
  draft: Draft,
  nodeId: string,
  field: string,
  rowId: string,
  by: number,
): void {
  edit(draft, undefined, () => {
    const array = placeOf(draft, nodeId, [field])?.map.get(field);
    if (array instanceof Y.Array) moveRowBy(array, rowId, by);
  });
}

/** Renames a node. A key that came from the old name follows the new one, and what names it is rewritten. */
export function renameNode(draft: Draft, id: string, name: string): void {
  const node = nodeOf(draft, id);
  const trimmed = cleanName(name.trim().slice(0, workflowLimits.nameLength));
  if (!node || trimmed === '') return;
  edit(draft, `name:${id}`, () => {
    const oldKey = String(node.get('key'));
    const derived = keyFromName(String(node.get('name')));
    setOrDelete(node, 'name', trimmed);
    if (oldKey.replace(/_\d+$/, '') === derived.replace(/_\d+$/, '')) {
      const key = freeKey(draft, keyFromName(trimmed), id);
      claimKey(draftParts(draft.doc).nodes, id, key);
      changeKey(draft, node, oldKey, key);
    }
  });
}

export function setPolicy(draft: Draft, id: string, policy: Policy | undefined): void {
  const node = nodeOf(draft, id);
  const empty = policy === undefined || Object.values(policy).every((part) => part === undefined);
  if (node)
    edit(draft, `policy:${id}`, () => setOrDelete(node, 'policy', empty ? undefined : policy));
}

export function setDisabled(draft: Draft, ids: Iterable<string>, disabled: boolean): void {
  edit(draft, undefined, () => {
    for (const id of ids) {
      const node = nodeOf(draft, id);
      if (node) setOrDelete(node, 'disabled', disabled ? true : undefined);
    }
  });
}

/** Sets the workflow's own name, description and time limit; `timeoutMs: undefined` takes the limit away. */
export function setMeta(
  draft: Draft,
  values: { name?: string; description?: string; timeoutMs?: number | undefined },
): void {
  edit(draft, `meta:${Object.keys(values).join()}`, () => {
    const { meta } = draftParts(draft.doc);
    const { description, ...scalars } = values;
    if (description !== undefined) writeText(meta, 'description', description, draft.texts);
    for (const [name, value] of Object.entries(scalars)) {
      setOrDelete(meta, name, name === 'name' ? cleanName(String(value)) : value);
    }
  });
}

/** The shared text of a field, for an editor to bind to; undefined when there is none. */
export function textOf(draft: Draft, nodeId: string, path: FieldPath): Y.Text | undefined {
  const place = placeOf(draft, nodeId, path);
  const text = place?.map.get(place.name);
  return text instanceof Y.Text ? text : undefined;
}

function placeOf(
  draft: Draft,
  nodeId: string,
  path: FieldPath,
): { map: Y.Map<unknown>; name: string; shapes: FieldShapes } | undefined {
  const node = nodeOf(draft, nodeId);
  const config = node?.get('config');
  const [field, item, inner] = path;
  if (!(config instanceof Y.Map) || field === undefined) return undefined;
  const shapes = shapesOf(draft.catalogue, String(node?.get('type')));
  if (path.length === 1) return { map: config, name: String(field), shapes };
  const array = config.get(String(field));
  const shape = shapeAt(shapes, [field]);
  if (!(array instanceof Y.Array) || item === undefined || shape.kind !== 'rows') return undefined;
  const row = rowAt(array, item);
  if (!(row instanceof Y.Map) || inner === undefined || path.length > 3) return undefined;
  return { map: row, name: String(inner), shapes: shape.fields };
}

function changeKey(draft: Draft, node: Y.Map<unknown>, from: string, to: string): void {
  if (from === to) return;
  writeKey(node, to);
  renameInDraft(draft, new Map([[from, to]]));
}

function reaches(next: Map<string, string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === to) return true;
    if (!seen.has(id)) waiting.push(...(next.get(id) ?? []));
    seen.add(id);
  }
  return false;
}

import { z } from 'zod';
import { hasMark } from '@/lib/api/has-mark';
import { nameSchema, optionalNameSchema } from '@/lib/names/schema';
import { type WrongKind, wrongKinds } from '../config-kinds';
import { type Draft, draftParts, readNode } from '../draft/draft';
import { isObject } from '../draft/draft-value';
import {
  colorSchema,
  edgeSchema,
  elementIdSchema,
  groupSchema,
  nodeKeySchema,
  nodeSchema,
  noteSchema,
  policySchema,
  positionSchema,
  workflowLimits,
} from '../schema';
import {
  addNode,
  addRow,
  connect,
  connectionProblem,
  moveNodes,
  reconnect,
  removeElements,
  removeRow,
  renameNode,
  setDisabled,
  setField,
  setMeta,
  setPolicy,
} from './edits';
import {
  addGroup,
  addNote,
  pinOutput,
  removeGroups,
  renameGroup,
  setColor,
  setFixed,
} from './edits-objects';

const name = nameSchema(workflowLimits.nameLength);
const groupName = optionalNameSchema(workflowLimits.nameLength);
const ids = z.array(elementIdSchema).max(workflowLimits.edges);
const some = ids.min(1);
const named = <Name extends string, Shape extends z.ZodRawShape>(edit: Name, shape: Shape) =>
  z.strictObject({ edit: z.literal(edit), ...shape });

/** Edits of a draft by the names under which the editor makes them. */
const namedEditSchema = z.discriminatedUnion('edit', [
  named('addNode', {
    node: nodeSchema
      .pick({ id: true, type: true, name: true, position: true, config: true })
      .extend({
        name,
        key: nodeKeySchema.optional(),
      }),
  }),
  named('moveNodes', {
    moves: z
      .array(z.strictObject({ id: elementIdSchema, position: positionSchema }))
      .min(1)
      .max(workflowLimits.nodes),
  }),
  named('removeElements', {
    nodes: ids.default([]),
    edges: ids.default([]),
    notes: ids.default([]),
  }),
  named('connect', { edge: edgeSchema }),
  named('reconnect', { edge: edgeSchema }),
  named('setField', {
    nodeId: elementIdSchema,
    /** `["prompt"]`, or `["cases", <row id or index>, "when"]`. */
    path: z
      .array(z.union([z.string().min(1).max(200), z.int().min(0)]))
      .min(1)
      .max(3),
    /** Absent: the field is taken away. */
    value: z.json().optional(),
  }),
  named('addRow', {
    nodeId: elementIdSchema,
    field: z.string().min(1).max(200),
    row: z.record(z.string(), z.json()).and(z.object({ id: elementIdSchema })),
    index: z.int().min(0).optional(),
  }),
  named('removeRow', {
    nodeId: elementIdSchema,
    field: z.string().min(1).max(200),
    rowId: elementIdSchema,
  }),
  named('renameNode', { id: elementIdSchema, name }),
  named('setPolicy', { id: elementIdSchema, policy: policySchema.optional() }),
  named('setDisabled', { ids: some, disabled: z.boolean() }),
  named('setMeta', {
    name: name.optional(),
    description: z.string().max(10_000).optional(),
    timeoutMs: z
      .int()
      .min(1_000)
      .max(7 * 86_400_000)
      .nullish(),
  }),
  named('setColor', {
    nodes: ids.default([]),
    notes: ids.default([]),
    groups: ids.default([]),
    color: colorSchema.optional(),
  }),
  named('setFixed', { ids: some, fixed: z.boolean() }),
  named('pinOutput', { id: elementIdSchema, output: z.json().optional() }),
  named('addGroup', { group: groupSchema.extend({ name: groupName.default('') }), nodeIds: some }),
  named('renameGroup', { id: elementIdSchema, name: groupName }),
  named('removeGroups', { ids: some }),
  named('addNote', { note: noteSchema }),
]);
type NamedEdit = z.infer<typeof namedEditSchema>;

export const namedEditsSchema = z.array(namedEditSchema).min(1).max(500);

const impossibleEditMark = Symbol.for('ensemble.ImpossibleEdit');

/** An edit of a list that cannot be made: its place in the list, and why, for people. */
export class ImpossibleEdit extends Error {
  readonly [impossibleEditMark] = true;
  static isInstance(value: unknown): value is ImpossibleEdit {
    return hasMark(value, impossibleEditMark);
  }
  readonly index: number;
  constructor(index: number, reason: string) {
    super(`edits.${index}: ${reason}`);
    this.index = index;
  }
}

/** Makes the edits in their order. Throws {@link ImpossibleEdit} at the first that cannot be made: drop the draft then. */
export function makeEdits(draft: Draft, edits: readonly NamedEdit[]): void {
  edits.forEach((edit, index) => {
    const wrongBefore = new Set(wrongIn(draft, edit).map(asText));
    const reason =
      missing(draft, edit) ??
      make(draft, edit) ??
      wrongIn(draft, edit).find((each) => !wrongBefore.has(asText(each)))?.message;
    if (reason !== undefined) throw new ImpossibleEdit(index, reason);
  });
}

const asText = ({ path, message }: WrongKind) => JSON.stringify([path, message]);

/** The settings of the wrong kind in the node whose settings an edit writes. */
function wrongIn(draft: Draft, edit: NamedEdit): WrongKind[] {
  const id =
    edit.edit === 'addNode'
      ? edit.node.id
      : edit.edit === 'setField' || edit.edit === 'addRow'
        ? edit.nodeId
        : undefined;
  const node =
    id === undefined
      ? undefined
      : readNode(id, draftParts(draft.doc).nodes.get(id), draft.catalogue);
  const type =
    node && Object.hasOwn(draft.catalogue, node.type) ? draft.catalogue[node.type] : undefined;
  return node && type ? wrongKinds(type, node.config) : [];
}

/** Why an edit has nothing to change; undefined when everything that it names is there. */
function missing(draft: Draft, edit: NamedEdit): string | undefined {
  const parts = draftParts(draft.doc);
  const absent = (part: keyof typeof parts, wanted: readonly (string | undefined)[]) => {
    const id = wanted.find((each) => each !== undefined && !parts[part].has(each));
    return id === undefined ? undefined : `there is no ${part.slice(0, -1)} "${id}".`;
  };
  switch (edit.edit) {
    case 'moveNodes':
      return absent(
        'nodes',
        edit.moves.map(({ id }) => id),
      );
    case 'removeElements':
    case 'setColor':
      return (
        absent('nodes', edit.nodes) ??
        absent('notes', edit.notes) ??
        (edit.edit === 'setColor' ? absent('groups', edit.groups) : absent('edges', edit.edges))
      );
    case 'reconnect':
      return absent('edges', [edit.edge.id]);
    case 'setField':
      return absent('nodes', [edit.nodeId]) ?? absentRow(draft, edit.nodeId, edit.path);
    case 'removeRow':
      return (
        absent('nodes', [edit.nodeId]) ??
        absentRow(draft, edit.nodeId, [edit.field, edit.rowId, 'id'])
      );
    case 'addRow':
      return absent('nodes', [edit.nodeId]);
    case 'renameNode':
    case 'setPolicy':
    case 'pinOutput':
      return absent('nodes', [edit.id]);
    case 'setDisabled':
    case 'setFixed':
      return absent('nodes', edit.ids);
    case 'addGroup':
      return absent('nodes', edit.nodeIds);
    case 'renameGroup':
      return absent('groups', [edit.id]);
    case 'removeGroups':
      return absent('groups', edit.ids);
    default:
      return undefined;
  }
}

/** Why a path into a list leads nowhere. */
function absentRow(draft: Draft, nodeId: string, path: readonly (string | number)[]) {
  const [field, row] = path;
  if (field === undefined || row === undefined) return undefined;
  if (path.length !== 3)
    return 'a path into a list names the field, the row and what to set in it.';
  const node = readNode(nodeId, draftParts(draft.doc).nodes.get(nodeId), draft.catalogue);
  const rows = node?.config[field];
  const found =
    Array.isArray(rows) &&
    (typeof row === 'number'
      ? rows[row] !== undefined
      : rows.some((each) => isObject(each) && each.id === row));
  return found ? undefined : `there is no row "${row}" in ${field}.`;
}

/** Makes one edit. Gives why it could not be made. */
function make(draft: Draft, edit: NamedEdit): string | undefined {
  switch (edit.edit) {
    case 'addNode': {
      const { key, ...node } = edit.node;
      const config = node.config as Record<string, never>;
      const made = addNode(draft, { ...node, config, ...(key === undefined ? {} : { key }) });
      return made === undefined ? 'its id is taken, or the workflow is full.' : undefined;
    }
    case 'moveNodes':
      return void moveNodes(draft, edit.moves);
    case 'removeElements':
      return void removeElements(draft, edit);
    case 'connect': {
      if (draftParts(draft.doc).edges.has(edit.edge.id)) return 'its id is taken.';
      const problem = connectionProblem(draft, edit.edge);
      return problem ?? (connect(draft, edit.edge) ? undefined : 'it cannot be connected.');
    }
    case 'reconnect': {
      const problem = connectionProblem(draft, edit.edge, edit.edge.id);
      return problem ?? (reconnect(draft, edit.edge) ? undefined : 'it cannot be connected.');
    }
    case 'setField':
      return void setField(draft, edit.nodeId, edit.path, edit.value);
    case 'addRow':
      return void addRow(draft, edit.nodeId, edit.field, edit.row as { id: string }, edit.index);
    case 'removeRow':
      return void removeRow(draft, edit.nodeId, edit.field, edit.rowId);
    case 'renameNode':
      return void renameNode(draft, edit.id, edit.name);
    case 'setPolicy':
      return void setPolicy(draft, edit.id, edit.policy);
    default:
      return makeOther(draft, edit);
  }
}

function makeOther(draft: Draft, edit: NamedEdit): string | undefined {
  switch (edit.edit) {
    case 'setDisabled':
      return void setDisabled(draft, edit.ids, edit.disabled);
    case 'setMeta': {
      const { edit: _, timeoutMs, name: title, description } = edit;
      return void setMeta(draft, {
        ...(title === undefined ? {} : { name: title }),
        ...(description === undefined ? {} : { description }),
        ...(timeoutMs === undefined ? {} : { timeoutMs: timeoutMs ?? undefined }),
      });
    }
    case 'setColor':
      return void setColor(draft, edit, edit.color);
    case 'setFixed':
      return void setFixed(draft, edit.ids, edit.fixed);
    case 'pinOutput':
      return pinOutput(draft, edit.id, edit.output);
    case 'addGroup': {
      const { id, name: title, color } = edit.group;
      const group = { id, name: title, ...(color === undefined ? {} : { color }) };
      if (draftParts(draft.doc).groups.has(id)) return 'its id is taken.';
      return addGroup(draft, group, edit.nodeIds)
        ? undefined
        : 'the workflow has the maximum number of groups.';
    }
    case 'renameGroup':
      return void renameGroup(draft, edit.id, edit.name);
    case 'removeGroups':
      return void removeGroups(draft, edit.ids);
    case 'addNote':
      return addNote(draft, edit.note) ? undefined : 'its id is taken, or the workflow is full.';
    default:
      return 'it is unknown.';
  }
}

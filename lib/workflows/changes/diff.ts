import { isObject, type Json, type JsonObject, sameJson } from '../draft/draft-value';
import type { Definition } from '../schema';
import {
  fieldsOfEdge,
  fieldsOfGroup,
  fieldsOfMeta,
  fieldsOfNode,
  fieldsOfNote,
} from './diff-fields';

/** One field that differs. `before` is absent where it was not set, `after` where it no longer is. */
export type FieldChange = {
  /** `name`, `position`, `config.prompt`, or `config.cases.<row id>` for a row and `config.cases.<row id>.when` in it. */
  path: string;
  before?: Json;
  after?: Json;
};

export const diffParts = ['nodes', 'edges', 'groups', 'notes'] as const;
export type DiffPart = (typeof diffParts)[number];

/** One element that differs. `fields` says how, for one that is in both. */
export type ElementChange = {
  part: DiffPart;
  id: string;
  change: 'added' | 'removed' | 'changed';
  /** Of the later state where it is there. */
  name: string;
  fields: FieldChange[];
};

export type DefinitionDiff = { meta: FieldChange[]; elements: ElementChange[] };

type Fields = ReadonlyMap<string, Json>;
type Element = { id: string };

/**
 * What changes from one definition to another, by element and field: empty exactly when both mean the same (their
 * `canonicalText` is equal), given that ids are unique. The order of elements does not count, that of rows does.
 */
export function diffDefinitions(before: Definition, after: Definition): DefinitionDiff {
  const names = namesOf(before, after);
  const edgeName = (edge: { source: string; target: string }) =>
    `${names.get(edge.source) ?? '?'} → ${names.get(edge.target) ?? '?'}`;
  return {
    meta: diffFields(fieldsOfMeta(before), fieldsOfMeta(after)),
    elements: [
      ...diffElements('nodes', before.nodes, after.nodes, fieldsOfNode, (node) => node.name),
      ...diffElements('edges', before.edges, after.edges, fieldsOfEdge, edgeName),
      ...diffElements(
        'groups',
        before.groups ?? [],
        after.groups ?? [],
        fieldsOfGroup,
        (group) => group.name,
      ),
      ...diffElements('notes', before.notes ?? [], after.notes ?? [], fieldsOfNote, (note) =>
        firstLine(note.text),
      ),
    ],
  };
}

/** Whether a diff says that nothing changed. */
export function isSame({ meta, elements }: DefinitionDiff): boolean {
  return meta.length === 0 && elements.length === 0;
}

function diffElements<E extends Element>(
  part: DiffPart,
  before: readonly E[],
  after: readonly E[],
  fieldsOf: (element: E) => Fields,
  nameOf: (element: E) => string,
): ElementChange[] {
  const old = new Map(before.map((element) => [element.id, element]));
  const kept = new Set(after.map((element) => element.id));
  const changes: ElementChange[] = [];
  for (const element of after) {
    const { id } = element;
    const was = old.get(id);
    const name = nameOf(element);
    if (!was) changes.push({ part, id, change: 'added', name, fields: [] });
    else if (was !== element) {
      const fields = diffFields(fieldsOf(was), fieldsOf(element));
      if (fields.length > 0) changes.push({ part, id, change: 'changed', name, fields });
    }
  }
  for (const element of before) {
    if (kept.has(element.id)) continue;
    changes.push({ part, id: element.id, change: 'removed', name: nameOf(element), fields: [] });
  }
  return changes;
}

function diffFields(before: Fields, after: Fields): FieldChange[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].flatMap((path) => diffField(path, before.get(path), after.get(path)));
}

function diffField(path: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  if (sameJson(before, after)) return [];
  const old = rowsOf(before);
  const now = rowsOf(after);
  const changes = old && now ? diffRows(path, old, now) : [];
  return changes.length > 0 ? changes : [changeOf(path, before, after)];
}

function changeOf(path: string, before: Json | undefined, after: Json | undefined): FieldChange {
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

type Rows = ReadonlyMap<string, JsonObject>;

/** A list whose items are told apart by their ids; undefined for any other value. */
function rowsOf(value: Json | undefined): Rows | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows = new Map<string, JsonObject>();
  for (const item of value) {
    if (!isObject(item) || typeof item.id !== 'string' || rows.has(item.id)) return undefined;
    rows.set(item.id, item);
  }
  return rows;
}

function diffRows(path: string, before: Rows, after: Rows): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [id, row] of after) {
    const was = before.get(id);
    if (!was) changes.push(changeOf(`${path}.${id}`, undefined, row));
    else {
      const [old, now] = [new Map(Object.entries(was)), new Map(Object.entries(row))];
      for (const name of new Set([...old.keys(), ...now.keys()])) {
        if (sameJson(old.get(name), now.get(name))) continue;
        changes.push(changeOf(`${path}.${id}.${name}`, old.get(name), now.get(name)));
      }
    }
  }
  for (const [id, row] of before) {
    if (!after.has(id)) changes.push(changeOf(`${path}.${id}`, row, undefined));
  }
  const oldOrder = [...before.keys()].filter((id) => after.has(id));
  const order = [...after.keys()].filter((id) => before.has(id));
  if (!sameJson(oldOrder, order)) changes.push(changeOf(path, oldOrder, order));
  return changes;
}

function namesOf(before: Definition, after: Definition): Map<string, string> {
  return new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node.name]));
}

const firstLine = (text: string) => text.trim().split('\n')[0]?.slice(0, 80) ?? '';

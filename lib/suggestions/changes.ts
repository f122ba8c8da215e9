import { type DiffPart, diffDefinitions } from '@/lib/workflows/changes/diff';
import {
  fieldsOfEdge,
  fieldsOfGroup,
  fieldsOfMeta,
  fieldsOfNode,
  fieldsOfNote,
} from '@/lib/workflows/changes/diff-fields';
import { type Json, type JsonObject, sameJson } from '@/lib/workflows/draft/draft-value';
import type { Definition } from '@/lib/workflows/schema';
import type { Change } from './schema';

export type Fields = ReadonlyMap<string, Json>;
type Element = { id: string };
export const metaKey = 'meta/workflow';

/** Elements of a definition by their ids, for one part. */
export function elementsOf(definition: Definition, part: DiffPart): Map<string, Element> {
  return new Map((definition[part] ?? []).map((element) => [element.id, element]));
}

/** Fields of one element, whole, by their paths. */
export function fieldsOf(part: DiffPart, element: Element | undefined): Fields {
  if (!element) return new Map();
  const readers = {
    nodes: fieldsOfNode,
    edges: fieldsOfEdge,
    groups: fieldsOfGroup,
    notes: fieldsOfNote,
  } as const;
  return (readers[part] as unknown as (element: Element) => Fields)(element);
}

/** What changes from one definition to another: one entry for each element, with whole fields. */
export function changesBetween(before: Definition, after: Definition): Change[] {
  const diff = diffDefinitions(before, after);
  const changes: Change[] = [];
  const meta = compare(fieldsOfMeta(before), fieldsOfMeta(after));
  if (meta.length > 0) {
    const about = { key: metaKey, part: 'meta', id: 'workflow', name: after.name } as const;
    changes.push({ ...about, change: 'changed', fields: meta });
  }
  for (const { part, id, change, name } of diff.elements) {
    const old = elementsOf(before, part).get(id);
    const now = elementsOf(after, part).get(id);
    const whole = change === 'added' ? now : change === 'removed' ? old : undefined;
    changes.push({
      key: `${part}/${id}`,
      part,
      id,
      change,
      name,
      fields: change === 'changed' ? compare(fieldsOf(part, old), fieldsOf(part, now)) : [],
      ...(whole ? { element: whole as unknown as JsonObject } : {}),
    });
  }
  return changes;
}

function compare(before: Fields, after: Fields): Change['fields'] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (sameJson(old, now)) return [];
    return [
      {
        path,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      },
    ];
  });
}

/**
 * The changes of a later look at the same edits. What was there already keeps what its author saw before it: the
 * draft may have moved on since, which is a conflict and not what they decided to overwrite.
 */
export function carryBefore(earlier: readonly Change[], later: readonly Change[]): Change[] {
  const known = new Map(earlier.map((change) => [change.key, change]));
  return later.map((change) => {
    const old = known.get(change.key);
    if (old?.change !== change.change) return change;
    if (change.change === 'removed') return { ...change, element: old.element };
    const fields = change.fields.map((field) => {
      const seen = old.fields.find(({ path }) => path === field.path);
      return seen && sameJson(seen.after, field.after) ? seen : field;
    });
    return { ...change, fields };
  });
}

/** The changes that take these back. */
export function reverse(changes: readonly Change[]): Change[] {
  const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  return changes.map((change) => ({
    ...change,
    change: turned[change.change],
    fields: change.fields.map(({ path, before, after }) => ({
      path,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  }));
}

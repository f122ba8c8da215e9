import * as Y from 'yjs';
import type { z } from 'zod';
import type { FieldShape, FieldShapes } from './draft-shape';
import { mergeText, replaceText } from './merge-text';
import { rowOrder, rowsInOrder, type WriteRow, writeRows } from './rows';

export type Json = z.core.util.JSONType;
export type JsonObject = { [key: string]: Json };
/**
 * How a shared text is set: by the least changes, so that carets and others' typing stay where they are, or as a whole,
 * so that it never mixes with what others type at that moment.
 */
export type TextMode = 'merge' | 'replace';

const maxDepth = 32;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Whatever stands in the document as JSON; undefined for what has no such form or lies too deep. */
export function toJson(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (depth > maxDepth || typeof value !== 'object') return undefined;
  if (value instanceof Y.Text) return value.toString();
  if (value instanceof Y.Array || Array.isArray(value)) {
    const items: readonly unknown[] = value instanceof Y.Array ? value.toArray() : value;
    return items.map((item) => toJson(item, depth + 1)).filter((item) => item !== undefined);
  }
  if (value instanceof Y.AbstractType && !(value instanceof Y.Map)) return undefined;
  if (value instanceof Uint8Array) return undefined;
  return toObject(value instanceof Y.Map ? value.entries() : Object.entries(value), depth);
}

function toObject(entries: Iterable<[string, unknown]>, depth: number): JsonObject {
  const object: JsonObject = {};
  for (const [key, inner] of entries) {
    const json = forbidden.has(key) ? undefined : toJson(inner, depth + 1);
    if (json !== undefined) object[key] = json;
  }
  return object;
}

/** Reads fields by their shapes: an empty shared text is absent where the schema lets it be. */
export function readFields(map: Y.Map<unknown>, shapes: FieldShapes): JsonObject {
  const fields: JsonObject = {};
  for (const [name, value] of map.entries()) {
    if (forbidden.has(name)) continue;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    const begun = value instanceof Y.Text || value instanceof Y.Array ? value : undefined;
    if (shape && shape.kind !== 'plain' && shape.optional && begun?.length === 0) continue;
    const json =
      shape?.kind === 'rows' && value instanceof Y.Array
        ? rowsInOrder(value)
            .map((item) => readItem(item, shape.fields))
            .filter((item) => item !== undefined)
        : toJson(value);
    if (json !== undefined) fields[name] = json;
  }
  return fields;
}

function readItem(item: unknown, shapes: FieldShapes): Json | undefined {
  if (!(item instanceof Y.Map)) return toJson(item);
  const { [rowOrder]: order, ...fields } = readFields(item, shapes);
  return order === undefined || !Object.hasOwn(shapes, rowOrder) ? fields : { ...fields, order };
}

/**
 * Makes a map hold these fields by the least edits. Shared texts and lists that the schema knows are always there, so
 * that two people who begin one at once share it. An entry `keep` stays whatever the fields say. Call inside a transaction.
 */
export function writeFields(
  map: Y.Map<unknown>,
  fields: JsonObject,
  shapes: FieldShapes,
  { keep, texts = 'merge' }: { keep?: string; texts?: TextMode | undefined } = {},
): void {
  for (const name of [...map.keys()]) {
    const plain = (shapes[name]?.kind ?? 'plain') === 'plain';
    if (plain && name !== keep && !Object.hasOwn(fields, name)) map.delete(name);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (!forbidden.has(name)) writeField(map, name, value, shapes[name], texts);
  }
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.kind !== 'plain' && !Object.hasOwn(fields, name)) {
      writeField(map, name, shape.kind === 'text' ? shape.initial : [], shape, texts);
    }
  }
}

/** How rows of these fields are written. */
export const rowWriter =
  (shapes: FieldShapes, texts?: TextMode): WriteRow =>
  (map, row) =>
    writeFields(map, row as JsonObject, shapes, { keep: rowOrder, texts });

/** The same for one field. */
export function writeField(
  map: Y.Map<unknown>,
  name: string,
  value: Json,
  shape: FieldShape | undefined,
  texts: TextMode = 'merge',
): void {
  const now = map.get(name);
  if (shape?.kind === 'text' && typeof value === 'string') {
    if (now instanceof Y.Text) (texts === 'merge' ? mergeText : replaceText)(now, value);
    else map.set(name, new Y.Text(value));
  } else if (shape?.kind === 'rows' && Array.isArray(value)) {
    const array = now instanceof Y.Array ? now : new Y.Array<unknown>();
    if (array !== now) map.set(name, array);
    writeRows(array, value, rowWriter(shape.fields, texts));
  } else if (!map.has(name) || now instanceof Y.AbstractType || !sameJson(now, value)) {
    map.set(name, value);
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values are the same JSON; the order of keys does not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

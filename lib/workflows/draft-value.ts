import * as Y from 'yjs';
import type { z } from 'zod';
import type { FieldShape, FieldShapes } from './draft-shape';
import { mergeText } from './merge-text';

export type Json = z.core.util.JSONType;
export type JsonObject = { [key: string]: Json };

const maxDepth = 32;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Whatever stands in the document as JSON; undefined for what has no such form or lies too deep. */
export function toJson(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (depth > maxDepth || typeof value !== 'object') return undefined;
  if (value instanceof Y.Text) return value.toString();
  if (value instanceof Y.Array || Array.isArray(value)) {
    const items = value instanceof Y.Array ? value.toArray() : (value as unknown[]);
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
        ? value.map((item) => readItem(item, shape.fields)).filter((item) => item !== undefined)
        : toJson(value);
    if (json !== undefined) fields[name] = json;
  }
  return fields;
}

function readItem(item: unknown, shapes: FieldShapes): Json | undefined {
  return item instanceof Y.Map ? readFields(item, shapes) : toJson(item);
}

/**
 * Makes a map hold these fields by the least edits. Shared texts and lists that the schema knows are always there, so
 * that two people who begin one at once share it. Call inside a transaction.
 */
export function writeFields(map: Y.Map<unknown>, fields: JsonObject, shapes: FieldShapes): void {
  for (const name of [...map.keys()]) {
    if (!Object.hasOwn(fields, name) && (shapes[name]?.kind ?? 'plain') === 'plain')
      map.delete(name);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (!forbidden.has(name)) writeField(map, name, value, shapes[name]);
  }
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.kind !== 'plain' && !Object.hasOwn(fields, name)) {
      writeField(map, name, shape.kind === 'text' ? shape.initial : [], shape);
    }
  }
}

/** The same for one field. */
export function writeField(
  map: Y.Map<unknown>,
  name: string,
  value: Json,
  shape: FieldShape | undefined,
): void {
  const now = map.get(name);
  if (shape?.kind === 'text' && typeof value === 'string') {
    if (now instanceof Y.Text) mergeText(now, value);
    else map.set(name, new Y.Text(value));
  } else if (shape?.kind === 'rows' && Array.isArray(value)) {
    const array = now instanceof Y.Array ? now : new Y.Array<unknown>();
    if (array !== now) map.set(name, array);
    writeRows(array, value, shape.fields);
  } else if (!map.has(name) || now instanceof Y.AbstractType || !sameJson(now, value)) {
    map.set(name, value);
  }
}

function writeRows(array: Y.Array<unknown>, rows: Json[], shapes: FieldShapes): void {
  const wanted = new Set(rows.map(rowId));
  for (let i = array.length - 1; i >= 0; i -= 1) {
    const item = array.get(i);
    const id = item instanceof Y.Map ? rowId(toJson(item)) : undefined;
    const stays = id !== undefined ? wanted.has(id) : item instanceof Y.Map && i < rows.length;
    if (!stays) array.delete(i);
  }
  rows.forEach((row, i) => {
    const id = rowId(row);
    const here = array.length > i ? array.get(i) : undefined;
    if (isObject(row) && here instanceof Y.Map && rowId(toJson(here)) === id) {
      writeFields(here, row, shapes);
    } else {
      // A row that moved is written anew at its new place: a Y.Array cannot move one.
      if (id !== undefined) deleteRow(array, id, i);
      insertRow(array, i, row, shapes);
    }
  });
  if (array.length > rows.length) array.delete(rows.length, array.length - rows.length);
}

/** Puts a row into an array of rows. */
export function insertRow(
  array: Y.Array<unknown>,
  index: number,
  row: Json,
  shapes: FieldShapes,
): void {
  if (isObject(row)) {
    const item = new Y.Map<unknown>();
    array.insert(index, [item]);
    writeFields(item, row, shapes);
  } else array.insert(index, [row]);
}

function deleteRow(array: Y.Array<unknown>, id: string, from: number): void {
  for (let i = array.length - 1; i >= from; i -= 1) {
    if (rowId(toJson(array.get(i))) === id) array.delete(i);
  }
}

/** Index of a row by its id. */
export function rowIndex(array: Y.Array<unknown>, id: string): number {
  return array.toArray().findIndex((item) => item instanceof Y.Map && item.get('id') === id);
}

const rowId = (row: Json | undefined): string | undefined =>
  isObject(row) && typeof row.id === 'string' ? row.id : undefined;

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
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

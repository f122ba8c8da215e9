import * as Y from 'yjs';
import { type Json, type JsonObject, toJson } from '../draft/draft-value';

const maxDepth = 32;

/**
 * What an item of the document says, or said until this transaction took it away; undefined when it was gone before.
 * Call it in `afterTransaction`: Yjs forgets what was deleted right after.
 */
export function readLost(item: Y.Item, transaction: Y.Transaction, depth = 0): Json | undefined {
  if (item.deleted && !Y.isDeleted(transaction.deleteSet, item.id)) return undefined;
  const { content } = item;
  if (!(content instanceof Y.ContentType)) return toJson(content.getContent().at(-1));
  if (depth > maxDepth) return undefined;
  const { type } = content;
  if (type instanceof Y.Text) return textIn(type, transaction);
  if (type instanceof Y.Array) {
    return itemsOf(type._start).flatMap((each) => itemIn(each, transaction, depth + 1));
  }
  if (!(type instanceof Y.Map)) return undefined;
  const object: JsonObject = {};
  for (const [name, entry] of type._map) {
    const value = name === '__proto__' ? undefined : readLost(entry, transaction, depth + 1);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

function itemsOf(start: Y.Item | null): Y.Item[] {
  const items: Y.Item[] = [];
  for (let item = start; item !== null; item = item.right) items.push(item);
  return items;
}

function textIn(text: Y.Text, transaction: Y.Transaction): string {
  return itemsOf(text._start)
    .filter((item) => !item.deleted || Y.isDeleted(transaction.deleteSet, item.id))
    .map((item) => (item.content instanceof Y.ContentString ? item.content.str : ''))
    .join('');
}

function itemIn(item: Y.Item, transaction: Y.Transaction, depth: number): Json[] {
  if (!(item.content instanceof Y.ContentAny))
    return [readLost(item, transaction, depth) ?? []].flat();
  if (item.deleted && !Y.isDeleted(transaction.deleteSet, item.id)) return [];
  return item.content.arr.flatMap((value) => toJson(value) ?? []);
}

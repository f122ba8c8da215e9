import { jsonrepair } from 'jsonrepair';
import { readJson } from '@/lib/api/json/read-json';
import { isRecord } from '@/lib/values/unknown';
import type { JsonObject } from '../message';

/** More than any tool takes. */
const longest = 1_000_000;

/**
 * The arguments of a call as an object: an empty text has none, a text that holds JSON as a text is read once more, and
 * one that is nearly JSON is repaired once. Undefined where nothing of this gives an object.
 */
export function readArgs(text: string): JsonObject | undefined {
  if (text.length > longest) return undefined;
  if (text.trim() === '') return {};
  return objectOf(text) ?? objectOf(repaired(text));
}

function objectOf(text: string | undefined, inner = true): JsonObject | undefined {
  if (text === undefined) return undefined;
  const read = readJson(text, 0);
  if (!read.ok) return undefined;
  if (isRecord(read.value)) return read.value;
  if (read.value === null) return {};
  return inner && typeof read.value === 'string' ? objectOf(read.value, false) : undefined;
}

function repaired(text: string): string | undefined {
  try {
    return jsonrepair(text);
  } catch {
    return undefined;
  }
}

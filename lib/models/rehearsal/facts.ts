import { readJson } from '@/lib/api/json/read-json';
import { closingOf } from '../find-json';

/** What a text says in passing: lines worth repeating, and values by name. */
export type Facts = {
  /** Bullet points, headings with figures and sentences with figures, in their order, each once. */
  lines: string[];
  /** Leaf values of the JSON in the text and of its `name: value` lines, by lower-case name. */
  values: Map<string, string | number | boolean>;
  /** The text itself, in lower case. */
  said: string;
};

const maxLines = 12;
const maxValues = 400;

/** Finds the facts of a text. Reads at most the first 200,000 characters. */
export function findFacts(text: string): Facts {
  const read = text.slice(0, 200_000);
  const values = new Map<string, string | number | boolean>();
  for (const json of jsonBlocks(read)) collect(json, '', values);
  const lines: string[] = [];
  for (const raw of read.split('\n')) {
    const line = raw.trim();
    const named = /^[-*•]?\s*([A-Za-z][\w %()/-]{0,40}?)\s*[:=]\s*(\S.{0,120})$/.exec(line);
    if (named?.[1] && named[2]) remember(values, named[1], scalar(named[2]));
    const bullet = /^(?:[-*•]|\d+[.)])\s+(\S.*)$/.exec(line)?.[1];
    const candidate = bullet ?? (/\d/.test(line) && /[a-z]{3}/i.test(line) ? line : undefined);
    // Tags are there for models: where an answer is drawn, nothing of them is seen.
    if (candidate === undefined || /^[[{"|<]/.test(candidate) || candidate.length > 400) continue;
    if (lines.length < maxLines && !lines.includes(candidate)) lines.push(candidate);
  }
  return { lines, values, said: read.toLowerCase() };
}

function jsonBlocks(text: string): unknown[] {
  const found: unknown[] = [];
  const opening = /[[{]\s*["{[\d\]}]/g;
  // Each try may read to the end of the text, so there are few.
  for (let tries = 0; tries < 40 && found.length < 8; tries += 1) {
    const from = opening.exec(text)?.index;
    if (from === undefined) break;
    opening.lastIndex = from + 1;
    const end = closingOf(text, from);
    if (end === undefined) continue;
    const read = readJson(text.slice(from, end), 0);
    if (!read.ok) continue;
    found.push(read.value);
    opening.lastIndex = end;
  }
  return found;
}

function collect(value: unknown, name: string, into: Facts['values']): void {
  if (into.size >= maxValues || value === null) return;
  if (typeof value !== 'object') {
    const plain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (name !== '' && plain) remember(into, name, value);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    collect(item, Array.isArray(value) ? name : key, into);
  }
}

function remember(into: Facts['values'], name: string, value: string | number | boolean): void {
  const key = name.trim().toLowerCase();
  if (into.size < maxValues && !into.has(key)) into.set(key, value);
}

function scalar(text: string): string | number {
  const plain = text.replace(/[,*]/g, '').trim();
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : text.trim();
}

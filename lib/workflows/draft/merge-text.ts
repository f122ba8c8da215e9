import type * as Y from 'yjs';

/** One replacement: at `index` (UTF-16 units of the text as the changes before have left it). */
export type TextChange = { index: number; remove: number; insert: string };

/** More edits than this and the differing middle is replaced as a whole: it is another text then. */
const maxDistance = 400;

/**
 * The few replacements that turn one text into another, by words, so that carets and others' typing elsewhere stay
 * where they are. Never cuts a surrogate pair. After E. W. Myers, "An O(ND) difference algorithm" (1986).
 */
export function diffText(from: string, to: string): TextChange[] {
  if (from === to) return [];
  const start = commonStart(from, to);
  const end = commonEnd(from, to, start);
  const before = tokens(from.slice(start, from.length - end));
  const after = tokens(to.slice(start, to.length - end));
  const changes: TextChange[] = [];
  let index = start;
  for (const part of compare(before, after)) {
    if (part.kind === 'keep') index += part.text.length;
    else {
      changes.push({ index, remove: part.removed.length, insert: part.inserted });
      index += part.inserted.length;
    }
  }
  return changes;
}

/** Makes a shared text say `to` by the least edits. Call inside a transaction. */
export function mergeText(text: Y.Text, to: string): void {
  for (const { index, remove, insert } of diffText(text.toString(), to)) {
    if (remove > 0) text.delete(index, remove);
    if (insert !== '') text.insert(index, insert);
  }
}

/**
 * Makes a shared text say `to` as one piece: what others typed into the old text and is still on its way comes before or
 * behind it, never into it. Call inside a transaction.
 */
export function replaceText(text: Y.Text, to: string): void {
  if (text.toString() === to) return;
  text.delete(0, text.length);
  if (to !== '') text.insert(0, to);
}

type Part = { kind: 'keep'; text: string } | { kind: 'change'; removed: string; inserted: string };

const isLow = (text: string, index: number) => (text.charCodeAt(index) & 0xfc00) === 0xdc00;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n += 1;
  // Inside a pair the halves before agree and the halves here differ: step back before the pair.
  return n > 0 && (isLow(a, n) || isLow(b, n)) ? n - 1 : n;
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let n = 0;
  while (n < most && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n)) n += 1;
  return n > 0 && isLow(a, a.length - n) ? n - 1 : n;
}

function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function compare(before: string[], after: string[]): Part[] {
  const path = shortestPath(before, after);
  const parts: Part[] = [];
  let x = 0;
  let y = 0;
  for (const [keepFromX, keepFromY, length] of [
    ...path,
    [before.length, after.length, 0] as const,
  ]) {
    const removed = before.slice(x, keepFromX).join('');
    const inserted = after.slice(y, keepFromY).join('');
    if (removed !== '' || inserted !== '') parts.push({ kind: 'change', removed, inserted });
    const text = before.slice(keepFromX, keepFromX + length).join('');
    if (text !== '') parts.push({ kind: 'keep', text });
    x = keepFromX + length;
    y = keepFromY + length;
  }
  return parts;
}

type Snake = readonly [x: number, y: number, length: number];

/** Runs of equal tokens along a shortest edit path; none when the texts are too different. */
function shortestPath(a: string[], b: string[]): Snake[] {
  const frontiers: Map<number, number>[] = [];
  let frontier = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, maxDistance); d += 1) {
    const next = new Map(frontier);
    for (let k = -d; k <= d; k += 2) {
      const down =
        k === -d || (k !== d && (frontier.get(k - 1) ?? -1) < (frontier.get(k + 1) ?? -1));
      let x = down ? (frontier.get(k + 1) ?? 0) : (frontier.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      next.set(k, x);
      if (x >= a.length && y >= b.length) return walkBack(frontiers, a.length, b.length, frontier);
    }
    frontiers.push(frontier);
    frontier = next;
  }
  return [];
}

function walkBack(
  frontiers: Map<number, number>[],
  fromX: number,
  fromY: number,
  last: Map<number, number>,
): Snake[] {
  const snakes: Snake[] = [];
  let x = fromX;
  let y = fromY;
  for (let d = frontiers.length; d >= 0; d -= 1) {
    const frontier = d === frontiers.length ? last : (frontiers[d] ?? last);
    const k = x - y;
    const down = k === -d || (k !== d && (frontier.get(k - 1) ?? -1) < (frontier.get(k + 1) ?? -1));
    const previousX = frontier.get(down ? k + 1 : k - 1) ?? 0;
    const startX = d === 0 ? 0 : down ? previousX : previousX + 1;
    const startY = startX - k;
    if (x > startX) snakes.push([startX, startY, x - startX]);
    x = d === 0 ? 0 : previousX;
    y = d === 0 ? 0 : previousX - (down ? k + 1 : k - 1);
  }
  return snakes.reverse();
}

import { isStorable } from '@/lib/api/json/check-json';
import { nameProblem } from '@/lib/names/name-problem';
import { maxPath } from './limits';

/** First parts that are addresses of the API beside the entries. */
export const reservedParts: readonly string[] = [
  ...['changes', 'checkpoints', 'conflicts', 'entries', 'export', 'import', 'restore', 'versions'],
];

export type ReadPath = { ok: true; path: string } | { ok: false; problem: string };

/** Reads where an entry lies: names separated by `/`, such as `customers/acme`. Slashes around it count for nothing. */
export function readPath(text: string): ReadPath {
  const refuse = (problem: string): ReadPath => ({ ok: false, problem });
  if (!isStorable(text)) return refuse('holds a character that cannot be stored');
  const parts = text
    .normalize('NFC')
    .trim()
    .replace(/^\/+|\/+$/g, '')
    .split('/');
  const path = parts.map((part) => part.trim()).join('/');
  if (path === '') return refuse('is empty: enter a path such as customers/acme');
  if (path.length > maxPath.characters)
    return refuse(`is longer than ${maxPath.characters} characters`);
  if (parts.length > maxPath.parts) return refuse(`has more than ${maxPath.parts} parts`);
  for (const part of path.split('/')) {
    if (part === '') return refuse('has an empty part: two slashes follow each other');
    if (part === '.' || part === '..') return refuse(`has the part "${part}": name each part`);
    if (part.length > maxPath.part)
      return refuse(`has a part of more than ${maxPath.part} characters`);
    const problem = nameProblem(part);
    if (problem !== undefined) return refuse(`has a part that does not do: ${problem}`);
  }
  const [first = ''] = path.split('/');
  if (reservedParts.includes(first)) return refuse(`begins with "${first}", which is reserved`);
  return { ok: true, path };
}

/** Whether a path is another one or lies below it; the empty path is above all. */
export const isWithin = (path: string, above: string): boolean =>
  above === '' || path === above || path.startsWith(`${above}/`);

/** Paths above a path, the nearest last; without the path itself. */
export function pathsAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

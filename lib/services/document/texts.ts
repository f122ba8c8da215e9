import { textIn } from '@/lib/values/unknown';

/** A text of a foreign document, as it can be stored and shown: one line, cut, without what cannot be seen. */
export function shortText(value: unknown, max: number): string | undefined {
  const text = textIn(value);
  if (text === undefined) return undefined;
  const plain = text
    .slice(0, max * 8)
    .toWellFormed()
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/\[([^\][]{0,200})\]\([^()]{0,400}\)/g, '$1')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (plain === '') return undefined;
  return plain.length <= max ? plain : `${plain.slice(0, max - 1).trimEnd()}…`.toWellFormed();
}

import { diffText } from '../draft/merge-text';

/** A piece of two texts laid over each other. */
export type TextPiece = { kind: 'same' | 'added' | 'removed'; text: string };

/** Two texts as one, for display: what stayed, what went, what came, in reading order. */
export function textPieces(before: string, after: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  const add = (kind: TextPiece['kind'], text: string) => {
    if (text !== '') pieces.push({ kind, text });
  };
  let at = 0;
  let shift = 0;
  for (const { index, remove, insert } of diffText(before, after)) {
    const start = index - shift;
    add('same', before.slice(at, start));
    add('removed', before.slice(start, start + remove));
    add('added', insert);
    at = start + remove;
    shift += insert.length - remove;
  }
  add('same', before.slice(at));
  return pieces;
}

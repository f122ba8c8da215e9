import { handleOf, type Mentionable } from '@/lib/comments/mentions';

export type Completion = { from: number; people: Mentionable[] };

const maxOffered = 6;
const mention = /(?:^|[\s([{])@([^\s@][^@\n]{0,60}|)$/;

/** Who may be meant by the `@…` that ends at the caret; undefined where nobody is. */
export function completionAt(
  text: string,
  caret: number,
  people: readonly Mentionable[],
): Completion | undefined {
  const match = mention.exec(text.slice(0, caret));
  if (!match) return undefined;
  const query = (match[1] ?? '').toLowerCase();
  const found = people.filter((person) => {
    const handle = handleOf(person, people).toLowerCase();
    // A name that stands there in full needs no completion.
    if (query.trim() === handle) return false;
    return handle.startsWith(query) || handle.split(/\s+/).some((word) => word.startsWith(query));
  });
  if (found.length === 0) return undefined;
  return { from: caret - query.length, people: found.slice(0, maxOffered) };
}

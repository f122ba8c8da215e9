/**
 * What somebody is choosing while they write: agents behind `@`, things of the workspace behind `#`, a command behind `/` at the
 * very beginning.
 */
export type MarkAt = { mark: '@' | '#' | '/'; query: string; from: number; to: number };

/** The mark that the caret stands in, if it stands in one. */
export function markAt(text: string, caret: number): MarkAt | undefined {
  const before = text.slice(0, caret);
  const to = before.length;
  const command = /^\/([a-z]*)$/i.exec(before);
  if (command) return { mark: '/', query: command[1] ?? '', from: 0, to };
  const mention = /(?:^|\s)(?:(@)([\p{L}\p{N}_-]{0,40})|(#)([\p{L}\p{N}_./:-]{0,60}))$/u.exec(
    before,
  );
  if (mention === null) return undefined;
  const query = mention[2] ?? mention[4] ?? '';
  return { mark: mention[1] === '@' ? '@' : '#', query, from: to - query.length - 1, to };
}

/** The text without what was written behind a mark. */
export const withoutMark = (text: string, { from, to }: MarkAt): string =>
  text.slice(0, from) + text.slice(to).replace(/^ /, '');

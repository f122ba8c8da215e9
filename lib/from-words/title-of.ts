import { withoutPrelude } from './rules/by-rules';
import { readTrigger } from './trigger/read-trigger';

const maxWords = 8;

/** A name for a workflow, out of its description: without what starts it, and with hosts in place of addresses. */
export function titleOf(description: string): string {
  const text = withoutPrelude(description).replace(/\s+/g, ' ');
  const { rest } = readTrigger(text, 'UTC');
  const said = rest.replace(/^[\s,;:.]+(?:then\s+)?/i, '').trim() || text;
  const [first = ''] = said
    .replace(/https?:\/\/(?:www\.)?([^\s/,;)"']+)[^\s,;)"']*/gi, '$1')
    .split(/[.!?;](?=\s|$)|,\s+(?:and\s+)?then\b/);
  const words = first.trim().split(' ');
  const some = words.slice(0, maxWords);
  while (
    some.length > 2 &&
    /^(?:a|an|the|of|to|in|for|and|or|with|as|by|it|into|from|me|on|at|that)$/i.test(
      some.at(-1) ?? '',
    )
  ) {
    some.pop();
  }
  const title = some
    .join(' ')
    .replace(/[\s.,:;!?]+$/, '')
    .slice(0, 80);
  return title === '' ? 'Untitled workflow' : `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`;
}

import { withoutPrelude } from './rules/by-rules';
import { mailNoun } from './trigger/read-mail';
import { readTrigger } from './trigger/read-trigger';

const maxWords = 8;
/** Words that a title does not end with. */
const open =
  /^(?:a|an|the|of|to|in|for|and|or|with|as|by|it|into|from|me|on|at|that|which|unless|if|is|has|have|let|about|our|my|their)$/i;
/** Words before which a title can end as a whole. */
const joint = /^(?:of|to|in|for|and|or|with|as|by|into|from|on|at|that|which|unless|if|about)$/i;
const border = /[.!?;:](?=\s|$)|,\s+(?:and\s+)?then\b|,\s|\s+(?:and|then)\s+/;

/** A name for a workflow, out of its description: what it does, in whole phrases, with hosts in place of addresses. */
export function titleOf(description: string): string {
  const text = withoutPrelude(description).replace(/\s+/g, ' ');
  const { rest, trigger, words } = readTrigger(text, 'UTC');
  const said = rest.replace(/^[\s,;:.]+(?:then\s+)?/i, '').trim() || text;
  const plain = said.replace(/https?:\/\/(?:www\.)?([^\s/,;)"']+)[^\s,;)"']*/gi, '$1');
  const sentence = plain.split(/[.!?;](?=\s|$)|,\s+(?:and\s+)?then\b/)[0] ?? '';
  const about =
    trigger?.kind === 'mail'
      ? sentence.replace(/\b(?:it|them)\b/i, mailNoun(words ?? ''))
      : sentence;
  const title = phrasesOf(about.trim())
    .replace(/[\s.,:;!?]+$/, '')
    .slice(0, 80);
  return title === '' ? 'Untitled workflow' : `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`;
}

/** As many whole phrases as a name has room for; of a long first one, what can stand alone. */
function phrasesOf(text: string): string {
  let end = 0;
  for (let at = 0; at < text.length; ) {
    const found = border.exec(text.slice(at));
    const next = found === null ? text.length : at + found.index;
    if (text.slice(0, next).trim().split(' ').length > maxWords) break;
    end = next;
    if (found === null) break;
    at = next + found[0].length;
  }
  return end > 2 ? withoutOpen(text.slice(0, end).split(' ')).join(' ') : cut(text.split(' '));
}

function cut(words: readonly string[]): string {
  const some = words.slice(0, maxWords);
  if (words.length > maxWords) {
    const at = some.findLastIndex((word, place) => place > 2 && joint.test(word));
    if (at > 0) some.length = at;
  }
  return withoutOpen(some).join(' ');
}

function withoutOpen(words: string[]): string[] {
  while (words.length > 2 && open.test(words.at(-1) ?? '')) words.pop();
  return words;
}

import type { Role } from '../define-role';

/** Words that say nothing about what somebody does. */
const empty = new Set(
  'the and for with that this what which who our from into all any are its them their then than when each every agent agents should would could make makes made need needs want wants help helps new one use uses give gives about have has was were will can may you your not but how they it'.split(
    ' ',
  ),
);

/** The beginnings of a text's words, so that "tests" and "testing" are one. */
export function stemsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.filter((word) => !empty.has(word)).map(stemOf));
}

const stemOf = (word: string): string => {
  const stem = word.replace(/(ations?|ing|ings|ers?|ors?|ies|es|s|ed|ment|ments|y)$/, '');
  return stem.length >= 3 ? stem.slice(0, 7) : word;
};

/** How near a role is to a sentence: words in its name and skills count most, those of its examples least. */
export function rankWords(
  sentence: string,
  {
    name,
    description,
    skills,
    examples,
  }: Pick<Role, 'name' | 'description' | 'skills' | 'examples'>,
): number {
  const wanted = stemsOf(sentence);
  const shared = (text: string) => [...stemsOf(text)].filter((stem) => wanted.has(stem)).length;
  return (
    2 * shared(`${name} ${skills.join(' ')}`) +
    0.75 * shared(description) +
    0.25 * shared(examples.join(' '))
  );
}

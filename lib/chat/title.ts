import { cleanName } from '@/lib/names/name-problem';

const longest = 60;

/** Without emphasis and code; a star or an underscore alone is one. */
const withoutMarks = (line: string): string =>
  line
    .replace(/(\*\*|__|`+)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(\S(?:[^*_]*\S)?)\1(?![\p{L}\p{N}*_])/gu, '$2');

/** What a thread is called after its first message: its first line without markup, cut between words. */
export function titleOf(text: string): string {
  const line = text
    .split('\n')
    .map((each) => cleanName(withoutMarks(each.replace(/^(?:[#>\-\s]|\*\s|`{3,}\w*)+/, ''))))
    .find((each) => each !== '');
  if (line === undefined) return 'New conversation';
  const characters = [...line];
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

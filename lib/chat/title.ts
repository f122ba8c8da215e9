import { cleanName } from '@/lib/names/name-problem';

const longest = 60;

/** What a thread is called after its first message: its first line without markup, cut between words. */
export function titleOf(text: string): string {
  const line = text
    .split('\n')
    .map((each) => cleanName(each.replace(/^[#>*\-\s`]+|[`*_]+/g, '')))
    .find((each) => each !== '');
  if (line === undefined) return 'New conversation';
  const characters = [...line];
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

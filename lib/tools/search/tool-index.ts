import MiniSearch from 'minisearch';

/** What a tool is found by. */
export type Findable = { name: string; title: string; description: string };

export type ToolIndex = {
  /** Names of the tools that fit best, the best one first. */
  find(words: string, limit: number): string[];
};

/** Looks for tools by words of whoever needs one: forms of a word count as the word, and words that mean much the same help. */
export function indexTools(tools: readonly Findable[]): ToolIndex {
  const index = new MiniSearch<Findable>({
    idField: 'name',
    fields: ['called', 'title', 'description'],
    extractField: (tool, field) =>
      field === 'title' ? tool.title : field === 'description' ? tool.description : tool.name,
    tokenize: wordsOf,
    processTerm: (term) => stem(term),
  });
  index.addAll([...new Map(tools.map((tool) => [tool.name, tool])).values()]);
  return {
    find(words, limit) {
      const asked = wordsOf(words.slice(0, longest)).slice(0, most).map(stem);
      const own = new Set(asked);
      const also = asked.flatMap((word) => alike.get(word) ?? []).filter((word) => !own.has(word));
      const found = index.search(
        {
          combineWith: 'OR',
          queries: [
            { queries: [...own], ...how },
            { queries: [...new Set(also)], ...how, boost: weakly },
          ],
        },
        { processTerm: (term) => term, tokenize: (text) => [text] },
      );
      return found.slice(0, limit).map(({ id }) => String(id));
    },
  };
}

const longest = 500;
const most = 40;
const fields = { called: 2, title: 1, description: 2 };
const weakly = { called: 0.4, title: 0.2, description: 0.4 };
const how = {
  combineWith: 'OR' as const,
  boost: fields,
  fuzzy: (term: string) => (term.length > 5 ? 0.2 : false),
  prefix: (term: string) => term.length > 3,
  weights: { fuzzy: 0.3, prefix: 0.5 },
};

/** Words of a text in small letters, without those that say nothing. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !empty.has(word));
}

const empty = new Set(
  `a an and are as at be by can could did do does for from has have how i if in into is it its me my of on or our
  please s some somebody something that the their them there these they this those to us want wants was we were what
  when where which who whom will with you your new now one ones all any mcp tool tools`.split(
    /\s+/,
  ),
);

/** Much the same for forms of one word; what is cut off is cut off of both. */
function stem(word: string): string {
  if (word.length < 4) return word;
  const cut = word
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1')
    .replace(/(ing|ed|er|or|ion|ation|ment|al|ly)$/, '')
    .replace(/e$/, '');
  const base = cut.length < 3 ? word : cut;
  return base.replace(/([bdgklmnprt])\1$/, '$1');
}

/** Words of which one stands for another in a name of a tool. */
const groups = `
create new add make open write insert
list show get see view which all read
search find look query where
update change edit modify set
delete remove trash erase clear
send post write
cancel end stop
message chat note dm
email mail e-mail inbox
issue ticket bug task
pull request pr
meeting event appointment calendar
absent away vacation holiday leave
file document attachment
run start execute call invoke
answer reply respond
money balance cost spend
share invite give
silence mute ignore
log record
company organization account customer
save export download
load import upload
plan schedule
buy order purchase
deal opportunity
rights permission access
reserve book
applicant candidate
`;
const alike = new Map<string, string[]>();
for (const line of groups.trim().split('\n')) {
  const words = wordsOf(line).map(stem);
  for (const word of words) alike.set(word, [...(alike.get(word) ?? []), ...words]);
}

/** What a table's lines are called. */
const lines = String.raw`(?:rows?|lines?|entries|entry|records?|items?|orders?|sales|invoices?|payments?|transactions?|customers?|products?|leads?|tickets?|expenses?|ones?|everything|all)`;
const field = String.raw`[\p{L}_][\p{L}\p{N}_]*(?: [\p{L}_][\p{L}\p{N}_]*)?`;
const more = String.raw`over|above|more than|greater than|higher than|exceed(?:s|ing)?|>`;
const least = String.raw`at least|>=|not less than`;
const less = String.raw`below|under|less than|lower than|fewer than|<`;
const most = String.raw`at most|<=|not more than|up to`;
const how = String.raw`(?:of |is |are |was |has |have )?(?:${least}|${most}|${more}|${less})`;
const number = String.raw`[$€£]? ?\d[\d,]*(?:\.\d+)?k?\b`;
const quoted = String.raw`(?:["“'][^"”'.;]{1,60}["”']|[\p{L}\p{N}_-]+)`;
/** "amount is over 100", "over 100 units", "state is paid". */
const condition = String.raw`(?:(?:the |an? |its |their )?${field} ${how} ${number}|${how} ${number}(?: (?!and\b|then\b|by\b|to\b|per\b|or\b)[\p{L}_]+)?|(?:the |an? |its |their )?${field} (?:is|are|equals|=|==|was) (?:not )?${quoted})`;
const keeping = String.raw`(?:keep|filter|select|take|leave|show)(?:s|ing|ed)?(?: out| only| just| me)*`;
const leaving = String.raw`(?:remove|drop|delete|ignore|skip|discard|exclude|filter out|leave out)(?:s|d|ing|ed)?`;

/** Rows that are kept, or left out, by a condition that can be computed. */
export const filterWords = String.raw`\b(?:${keeping}|${leaving})(?: only)?(?: all| every| the| those| any)*(?: of the)? ${lines}(?: (?:where|whose|with|that|which|in which|for which|when|if|having|have))*(?: the)? ${condition}`;

const key = String.raw`(?:by|per|for each|for every|of each|of every) (?:the )?[\p{L}_]\w*`;
const computed = String.raw`(?:sum|total|average|mean|number|count|minimum|maximum)`;

/** Rows that become one for each value of a field. */
export const groupWords = String.raw`\b(?:group(?:s|ed|ing)?(?: (?:them|it|the \p{L}+|all|rows))?(?: (?:in|of|from) (?:the |an? )?\w+)? by (?:the )?[\p{L}_]\w*(?:,? (?:and|with|then) (?:the )?(?:sum|total|add|count|average)\p{L}*(?: up)?(?: of)?(?: (?:the|their|all))?(?: (?!by\b)[\p{L}_]\w*)?)?|(?:(?:calculate|compute|work out|get|find|show|give me|make|list) )?(?:the )?(?:${computed}s?|add up|sum up)(?: of)?(?: (?:the|their|all))? [\p{L}_]\w*(?: [\p{L}_]\w*)? ${key})`;

type Compared = { condition: string; keep: 'matching' | 'others'; field: string; says: string };

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);

const comparing = new RegExp(
  String.raw`(?:(?:the |an? |its |their )?(?<before>${field}) )?(?<how>${how}) [$€£]? ?(?<number>\d[\d,]*(?:\.\d+)?)(?<thousand>k\b)?(?: (?<behind>[\p{L}_]+))?$`,
  'iu',
);
const equal = new RegExp(
  String.raw`(?:the |an? |its |their )?(?<field>${field}) (?:is|are|equals|==?|was) (?<not>not )?(?<value>${quoted})$`,
  'iu',
);
const lead = new RegExp(
  String.raw`^.*?\b${lines}(?: (?:where|whose|with|that|which|in which|for which|when|if|having|have))*(?: the)? `,
  'iu',
);

/** The condition of a row that some words say; undefined where they say none that can be computed. */
export function rowCondition(words: string): Compared | undefined {
  const keep = new RegExp(`^${leaving}\\b`, 'iu').test(words) ? 'others' : 'matching';
  const said = words.replace(lead, '').trim();
  const {
    before,
    behind,
    how: compared = '',
    number: digits,
    thousand,
  } = comparing.exec(said)?.groups ?? {};
  if (digits !== undefined) {
    const name =
      plain((before ?? behind ?? '').replace(/ (?:is|are|was|has|have)$/i, '')) || 'amount';
    const value = Number(digits.replaceAll(',', '')) * (thousand ? 1_000 : 1);
    const shown = Number.isInteger(value) ? `${value}.0` : String(value);
    const sign = signOf(compared);
    return { condition: `double(row.${name}) ${sign} ${shown}`, keep, field: name, says: said };
  }
  const { field: named, not, value } = equal.exec(said)?.groups ?? {};
  if (named === undefined || value === undefined) return undefined;
  const text = value.replace(/^["“']|["”']$/g, '');
  const name = plain(named);
  const condition = `lower(string(row.${name})) ${not ? '!=' : '=='} ${JSON.stringify(text.toLowerCase())}`;
  return { condition, keep, field: name, says: said };
}

const is = (forms: string, words: string) => new RegExp(`(?:${forms})$`, 'i').test(words);

function signOf(words: string): '>' | '>=' | '<' | '<=' {
  if (is(least, words)) return '>=';
  if (is(most, words)) return '<=';
  return is(less, words) ? '<' : '>';
}

type Grouped = {
  key: string;
  summary: 'sum' | 'average' | 'count' | 'min' | 'max';
  field: string;
};

/** What some words group rows by, and what they work out of each group. */
export function grouping(words: string): Grouped | undefined {
  const key = /\b(?:by|per|for each|for every|of each|of every) (?:the )?([\p{L}_]\w*)/iu.exec(
    words,
  )?.[1];
  if (key === undefined) return undefined;
  const found =
    /\b(?<what>sum|total|add|average|mean|minimum|maximum|number|count)(?:s|ed|ing)?\b(?: up)?(?: of)?(?: (?:the|their|all))?(?: (?!by\b|per\b|for\b|of\b)(?<field>[\p{L}_]\w*))?/iu.exec(
      words,
    )?.groups ?? {};
  const summary = summaryOf(found.what?.toLowerCase());
  const field = summary === 'count' ? '' : plain(found.field ?? '');
  return { key: plain(key), summary: field === '' ? 'count' : summary, field };
}

function summaryOf(word = 'count'): Grouped['summary'] {
  if (['sum', 'total', 'add'].includes(word)) return 'sum';
  if (['average', 'mean'].includes(word)) return 'average';
  if (word === 'minimum') return 'min';
  return word === 'maximum' ? 'max' : 'count';
}

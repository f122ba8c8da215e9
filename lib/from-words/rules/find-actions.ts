import { findOthers } from './find-others';
import { filterWords, groupWords } from './row-words';

/** What a description asks for, piece by piece. */
export const actionKinds = [
  'fetch',
  'post',
  'inbox',
  'file',
  'each',
  'if',
  'otherwise',
  'approve',
  'mail',
  'notify',
  'wait',
  'remember',
  'table',
  'unique',
  'filter',
  'group',
  'sort',
  'limit',
  'classify',
  'extract',
  'translate',
  'summarise',
  'research',
  'review',
  'analyse',
  'write',
  'other',
] as const;
export type ActionKind = (typeof actionKinds)[number];

export type Action = {
  kind: ActionKind;
  /** The words that it was found by. */
  words: string;
  /** From those words to the next action's: what is to be done, in the person's own words. */
  clause: string;
  /** The next action is part of what this one says: "send a digest". */
  runsOn: boolean;
  /** How it is linked to what stands before it. */
  begins?: 'sentence' | 'then';
  /** Words behind it that no action takes. */
  lost?: string[];
};

/** A character of a sentence; one within an address is none. */
const inside = String.raw`(?:[^.;]|\.(?=\S))`;
const address = String.raw`https?:\/\/[^\s,;)"']+`;
/** Not where it is a thing: "the draft", "a customer review". */
const verb = String.raw`(?<!\b(?:an?|the|your|my|our|its|their|each|every|new|customer|product|user|app|code|hotel|of|this|that)\s)`;
const thing = String.raw`(?:it|this|that|them|the \w+|everything|result|results)`;

/** Earlier ones win where two begin at the same place; words that another one took are not taken again. */
const patterns: readonly (readonly [ActionKind, string])[] = [
  [
    'post',
    String.raw`\b(?:post|send|submit|push|upload|forward|deliver)\b(?:(?!\b(?:and|then)\b)${inside})*?\bto\s+${address}`,
  ],
  [
    'fetch',
    String.raw`\b(?:fetch|get|download|load|scrape|crawl|read|check|look at|open|pull|call|query|monitor|watch|visit)\w*\b(?:(?!\b(?:and|then)\b)${inside})*?${address}`,
  ],
  [
    'fetch',
    String.raw`\b(?:fetch|get|download|load|scrape|crawl|read|check|open|pull|call|monitor|watch|visit)\w*\s+(?:\w+\s+){0,4}?(?:web ?pages?|websites?|sites?|urls?|links?|apis?|endpoints?|feeds?|rss|home ?page)\b`,
  ],
  ['fetch', address],
  [
    'inbox',
    String.raw`\b(?:look (?:at|in|into|through)|check|read|go through|scan|open) (?:all |the |our |my |a |new |unread )*(?:[\w-]+ )?(?:inbox|mailbox|e-?mails|mails)\b`,
  ],
  [
    'fetch',
    String.raw`\bfrom (?:a|an|the|my|our) (?:\w+ )?(?:web ?page|website|url|api|feed|rss)\b`,
  ],
  ['filter', filterWords],
  ['group', groupWords],
  [
    'each',
    String.raw`\bfor (?:each|every)\b(?: (?:of (?:the|these|those) )?[\w-]+)?|\b(?:one by one|each (?:row|line|item|entry|record|lead|order|company|name|url)s?)\b`,
  ],
  [
    'other',
    String.raw`\b(?:filter|keep|select)\b(?: \w+){1,4} (?:where|whose|with)\b(?:(?!,|\band\b|\bthen\b)${inside}){2,90}`,
  ],
  ['otherwise', String.raw`\b(?:otherwise|or else|else|if not)\b`],
  [
    'if',
    String.raw`\b(?:only )?(?:if|when|where|in case)\b(?!\s+(?:not|possible|needed|necessary)\b)(?:(?!,|\bthen\b)${inside}){3,90}?(?=,|\s+then\b|\s+(?:and )?(?:e-?mail|mail|send|notify|tell|alert|ask|write|draft|post|reply|escalate|summari[sz]e|forward|create|save|remember|store|keep|answer|translate|classify|add|stop|wait|let|have|put)\b|[.;]|$)`,
  ],
  [
    'approve',
    String.raw`\b(?:ask|wait for|get|request|require|needs?|with|after|let)\b(?:,? [\w'’@.+-]+){0,7}? (?:approv\w+|sign[- ]?off|confirm\w*|permission|go-?ahead|decision|ok(?:ay)?)\b|\bask (?:me|us|a person|a human|someone|somebody|my (?:manager|boss|team)|the (?:team|manager|editor|boss|owner|lead))\b(?! (?:for|about) (?:a|the) (?:topic|name|url))|\b(?:human (?:review|check|approval)|human in the loop|sign(?:s|ed)?[- ]off)\b|\b(?:approves?|approved|approval|confirms?)\b|\blet (?:me|us|a person|a human|someone|my manager) (?:check|decide|approve|confirm|look|review)\b`,
  ],
  [
    'mail',
    String.raw`\b(?:send|forward|deliver)\b(?:(?!\b(?:and|then)\b)${inside})*?\b(?:e-?mails?|mails?|inbox)\b|\b(?:e-?mail|mail)\s+(?:me|us|it|them|him|her|this|that|the (?:result|results|summary|report|answer|reply|team|list|draft|digest|customer|user|translation)\w*|everyone|to|[\w.+-]+@[\w.-]+)\b|\b(?:e-?mail|mail) (?:\w+ ){1,4}?to [\w.+-]+@[\w.-]+|\b(?:is|gets?|being) (?:e-?mailed|mailed)\b|\b(?:by|via|as an?|through) (?:e-?mail|mail)\b|\b(?:send|forward)\b(?:(?!\b(?:and|then)\b)${inside})*? to (?:[\w.+-]+@[\w.-]+(?:(?: and |, )(?=[\w.+-]+@))?)+|\b(?:send|forward|return|give) (?:${thing} |an? \w+ )?(?:back )?to (?:the |our )?(?:sender|customer|client|applicant|person who wrote)\b|\b(?:send|write|mail) (?:it|them|him|her|that) back\b|\bsend (?:it|the (?:reply|answer|e-?mail|mail))(?: out| off)?(?=\s*(?:[.,;]|$))|\b(?:e-?mail|mail) (?:[\w.+-]+@[\w.-]+|(?:an? |the )?(?:result|summary|report|digest|everything|all of it)(?: to \w+)?|the \w+|them|everything)`,
  ],
  [
    'notify',
    String.raw`\b(?:notify|alert|ping|inform|remind|warn|tell)\s+(?:me|us|them|the \w+|my \w+|our \w+|everyone|somebody|someone|people|\w+)\b|\b(?:post|send|share|announce)\b(?:(?!\b(?:and|then)\b)${inside})*?\b(?:slack|teams|discord|channel|telegram|message|notification)\b|\b(?:send|forward) (?:me|us) (?:a |the )?(?:message|notification|note|alert|reminder|result|results|summary)\b|\bescalate\b(?: ${thing})?(?: to [\w ]{2,20})?`,
  ],
  [
    'wait',
    String.raw`\b(?:wait|pause|hold)\s+(?:for\s+)?(?:\d+|an?|one|two|three|half an?)\s*(?:seconds?|minutes?|hours?|days?|weeks?)\b|\b(?:\d+|an?|one|two|three)\s*(?:minutes?|hours?|days?|weeks?) later\b|\bafter (?:\d+|an?|one|two|three) (?:minutes?|hours?|days?|weeks?)\b`,
  ],
  [
    'table',
    String.raw`\b(?:add|append|write|save|store|log|insert|put|record)\b(?:(?!\b(?:and|then)\b)${inside})*?\b(?:table|row)\b(?: (?:called|named) ["“']?[\w -]+["”']?| ["“'][^"”']+["”'])?`,
  ],
  [
    'remember',
    String.raw`\b(?:remember|memori[sz]e)\b|\b(?:store|save|keep|log|record|archive)\s+(?:${thing}|a copy|all of it)(?: \w+){0,3}?(?:\s+(?:in|to|into) (?:the )?memory)?|\b(?:in|to|into) (?:the |our |its )?memory\b`,
  ],
  [
    'unique',
    String.raw`\b(?:remove|drop|delete|filter out|without|ignore)\b(?: \w+){0,2}? duplicates?\b|\bde-?dup\w*`,
  ],
  [
    'classify',
    String.raw`\b(?:classif\w+|categori[sz]\w+|label(?:s|l?ed|l?ing)?\b|tag(?:s|ged|ging)?\b(?! the team)|triag\w+|prioriti[sz]\w+|detect\w*(?: the)? (?:sentiment|language|tone|mood|topic|spam)|sentiment|whether (?:it|this|that) is|(?:find out|check|tell|see|determine|decide) (?:if|whether) (?:it|this|that|the \w+) is (?:about )?[^.,;]{2,40}? or\b|decide (?:which|what|whether)|sort (?:${thing}|[\w -]{2,30}?) (?:into|by (?:topic|urgency|category|type|priority|sentiment)))`,
  ],
  [
    'sort',
    String.raw`${verb}\b(?:sort|order|rank)(?:s|ed|ing)?\b(?: \w+){0,3}? by ["“']?[\w]+["”']?(?:,? (?:descending|ascending|highest first|lowest first|newest first))?`,
  ],
  [
    'limit',
    String.raw`\b(?:(?:show|give|tell|list)(?: me)? )?(?:the )?(?:top|first|keep(?: only)? the(?: first| top)?) (?:\d+|three|five|ten|twenty)\b(?! (?:sentences?|words?|lines?|bullets?|paragraphs?))|\bthe (?:\d+|three|five|ten|twenty) (?:cheapest|lowest|highest|largest|smallest|newest|oldest|best|most \w+)\b`,
  ],
  [
    'extract',
    String.raw`${verb}\b(?:extract|pull out|pick out|parse out|pick up|capture|read out|collect)(?:s|ed|ing)?\b|\bfind (?:the|all|any) (?:names?|dates?|amounts?|totals?|prices?|numbers?|addresses|action items|tasks|deadlines|e-?mail addresses)\b|\b(?:list|find|note) (?:the |all (?:the )?)?(?:action items|to-?dos?|tasks|deadlines|decisions)\b`,
  ],
  ['translate', String.raw`\btranslat\w+`],
  [
    'summarise',
    String.raw`\bsummar(?:y|ies|i[sz]e\w*|i[sz]ing)\b|\btl;?dr\b|\bdigest\b|\bcondens\w+|\bshorten\w*|\b(?:key|main) (?:points|takeaways|findings)\b|\brecap\b|\bbriefing\b`,
  ],
  [
    'research',
    String.raw`\bresearch\w*|\binvestigat\w+|\blook (?:it |them |up )?up\b|\bfind out\b|\bsearch (?:the web|for|online)\b|\bgather (?:information|facts|sources)\b`,
  ],
  [
    'review',
    String.raw`${verb}\b(?:proof-?read|review|critique|fact-?check|double-?check|check|verify|validate|inspect|audit|improve|polish|correct|fix)(?:s|es|ed|ing)?\b`,
  ],
  [
    'analyse',
    String.raw`${verb}\b(?:analy[sz]\w*|evaluat\w+|assess\w*|scor(?:e|es|ing)|rat(?:e|ing)\b|compar\w+|brainstorm\w*|estimat\w+|calculat\w+|count\w*|find (?:trends|patterns|anomalies|outliers|problems|issues|errors)|explain\w*|forecast\w*)`,
  ],
  [
    'write',
    String.raw`${verb}\b(?:writ(?:e|es|ing)|draft(?:s|ing)?|compos\w+|generat\w+|creat\w+|produc\w+|prepar\w+|repl(?:y|ies)|answer(?:s|ed|ing)?|respond\w*|rewrit\w+|rephras\w+|outlin\w+|plan|make|(?:thank|welcome|congratulat|apologi[sz]|confirm)\w* (?:to )?(?:it|them|him|her|the \w+)|turn(?:s)? (?:it|this|that|them) into)\b`,
  ],
  [
    'file',
    String.raw`\b(?:csv|spreadsheets?|excel|xlsx|pdfs?|word (?:document|file)s?|docx|(?:uploaded |text |log )?files?|(?:uploaded|attached) (?:documents?|tables?|lists?)|invoices?|receipts?|contracts?|resumes?|cvs?|résumés?)\b`,
  ],
];
const all = patterns.map(([kind, source]) => [kind, new RegExp(source, 'giu')] as const);

type Hit = { kind: ActionKind; start: number; end: number };

/** The actions of a description in the order of its words. */
export function findActions(text: string): Action[] {
  const hits: Hit[] = [];
  for (const [kind, pattern] of all) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      const free = hits.every((hit) => end <= hit.start || start >= hit.end);
      if (match[0] !== '' && free) hits.push({ kind, start, end });
    }
  }
  hits.sort((one, other) => one.start - other.start);
  hits.push(...others(text, hits));
  hits.sort((one, other) => one.start - other.start);
  return hits.map(({ kind, start, end }, at) => {
    const next = hits[at + 1];
    const words = text.slice(start, end).trim();
    const begins = linkOf(text.slice(hits[at - 1]?.end ?? 0, start));
    const link = begins === undefined ? {} : { begins };
    if (kind === 'other') return { kind, words, clause: words, runsOn: false, ...link };
    const lost = built.has(kind) ? lostIn(text.slice(end, next?.start ?? text.length)) : [];
    return {
      ...{ kind, words, ...link, ...(lost.length > 0 ? { lost } : {}) },
      clause: clauseOf(wholeClause(text, { start, end }, next)),
      runsOn: next !== undefined && !separator.test(text.slice(end, next.start)),
    };
  });
}

/** Pieces of some words behind a step that is built of single words: nothing does them. */
function lostIn(text: string): string[] {
  const pieces = text.split(/[,;:.!?](?=\s|$)|\b(?:and|then|but)\b/i).slice(1);
  return pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece.split(/\s+/).length > 2 && !/\b(?:to|for|it|is|are)$/i.test(piece));
}

/** How an action is linked to the one before it, by the words between them. */
function linkOf(between: string): Action['begins'] {
  if (/[.!?;](?=\s|$)/.test(between)) return 'sentence';
  return /\b(?:then|after that|afterwards|finally)\b/i.test(between) ? 'then' : undefined;
}

/** From the words of an action to the next one's; what leads to the next one alone is not in it. */
function wholeClause(text: string, hit: Pick<Hit, 'start' | 'end'>, next: Hit | undefined): string {
  const clause = text.slice(hit.start, next?.start ?? text.length);
  if (next === undefined || next.kind === 'file') return clause;
  const tail = /[,;.]\s+([^,;.]+)$/.exec(clause.slice(hit.end - hit.start));
  const fragment = tail?.[1]?.trim() ?? '';
  // "…, complaints go to a person for": what the next action is said of.
  return tail !== null && subject.test(fragment)
    ? clause.slice(0, clause.length - tail[0].length)
    : clause;
}

const subject =
  /\b(?:is|are|gets?|goes?|go|must|should|needs?|have|has|to|for)$|^(?:for|with|in|if|when)\b/i;

/** Kinds whose step is built of single words of the text: what else stands behind them would be lost. */
const built: ReadonlySet<ActionKind> = new Set([
  ...(['fetch', 'post', 'file', 'each', 'if', 'otherwise', 'approve', 'mail'] as const),
  ...(['notify', 'wait', 'remember', 'table', 'unique', 'sort', 'limit'] as const),
  ...(['filter', 'group'] as const),
]);

/** What there is to do before the first action, behind those that take no text, and in a sentence of its own. */
function others(text: string, hits: readonly Hit[]): Hit[] {
  // "Rename each file": a thing ends nothing.
  const borders = hits.filter(({ kind }) => kind !== 'file');
  const before = { kind: 'if' as const, start: 0, end: 0 };
  return [before, ...borders].flatMap((hit, at) => {
    const leads = hit.kind === 'if' || hit.kind === 'otherwise';
    const range = { from: hit.end, to: borders[at]?.start ?? text.length };
    const found = findOthers(text, { ...range, leads, sentences: !built.has(hit.kind) });
    return found.map(({ start, end }): Hit => ({ kind: 'other', start, end }));
  });
}

const separator = /[,;.:!?]|\b(?:and|then|after|before|finally|next|if|when|to)\b/i;

/** A clause without the words that lead to the next one. */
function clauseOf(text: string): string {
  return text
    .replace(
      /[\s,;]*\b(?:and|then|and then|after that|afterwards|finally|next|before (?:it|that))*[\s,;.]*$/i,
      '',
    )
    .trim();
}

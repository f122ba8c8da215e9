const item = String.raw`(?:(?:an?|the|either) )?[\p{L}][\p{L}-]*(?: (?!or\b|and\b|as\b)[\p{L}][\p{L}-]*)?`;
const last = String.raw`(?:an? |the )?[\p{L}][\p{L}-]*`;
const list = String.raw`(?<list>${item}(?: ?, ?${item})* ?,? (?:or|and) ${last})`;
const sorting = String.raw`(?:classif\p{L}+|categori[sz]\p{L}+|label\p{L}*|tag|sort\p{L}*|triag\p{L}+|decid\p{L}+|check|tell|determin\p{L}+|detect|find out)`;
const listed = new RegExp(
  String.raw`\b${sorting}\b(?:[^.;:]{0,60}?\b(?:as|into|in|between|whether (?:it|this|that|the \p{L}+|an? \p{L}+) is|if (?:it|this|that) is)(?: about)?|with| (?:it|them|this|the \p{L}+))[ :]+${list}`,
  'iu',
);

/** Classes that a text names to be told apart: "complaint or question". */
export function classesIn(text: string): string[] {
  const found = listed.exec(text)?.groups?.list ?? '';
  const parts = found
    .split(/\s*(?:,|\bor\b|\band\b)\s*/i)
    .map((part) => part.replace(/^(?:an?|the|either)\s+/i, '').toLowerCase())
    .filter((part) => part !== '');
  return parts.length >= 2 ? [...new Set(parts)] : [];
}

const formsOf = (name: string): string => {
  const escaped = name.replace(/[^\p{L}\p{N} ]/gu, '\\$&');
  const stem = name.replace(/y$/, '');
  return `(?:${escaped}(?:e?s)?|${stem}ies)`;
};

/**
 * The same text with what is said of a class as a condition: "complaints go to Ben" is "if it is complaint, go to Ben". Only
 * behind where the classes are named.
 */
export function plainClasses(text: string, classes: readonly string[]): string {
  const named = listed.exec(text);
  const from = named === null ? 0 : named.index + named[0].length;
  const head = text.slice(0, from);
  return head + classes.reduce(withClass, text.slice(from));
}

function withClass(text: string, name: string): string {
  const kind = String.raw`(?:all |the |any |every |an? )?${formsOf(name)}(?: ones?| e?-?mails?| messages?| tickets?| cases?| orders?)?`;
  const says = `if it is ${name},`;
  const be = '(?:should |must |have to |has to |need to |can )?';
  const forms: readonly (readonly [string, string])[] = [
    // "If it is a complaint", "if complaint".
    [
      String.raw`\b(?:if|when|where|in case)(?: (?:it|this|that|they|the \p{L}+))?(?: ?(?:is|are|was|['’]s))? ${kind}(?=[\s,;:.]|$),?`,
      says,
    ],
    [String.raw`\b(?:for|in (?:the )?case of|with) ${kind}(?=[\s,;:.]|$),?`, says],
    [String.raw`(?<=^|[.,;] ?|\band |\bwhile |\bbut )${kind} ?(?::|->|→)`, says],
    [
      String.raw`(?<=^|[.,;:] ?|\band |\bwhile |\bbut )${kind} ${be}(?:are |is |be |get |gets |go |goes |(?=ask |send ))`,
      `${says} `,
    ],
    [
      String.raw`\b(?<verb>e-?mail|mail|send|forward|pass|route|escalate) ${kind} to\b`,
      `${says} $<verb> it to`,
    ],
  ];
  return forms.reduce((said, [form, to]) => said.replace(new RegExp(form, 'giu'), to), text);
}

/** "Check whether it is urgent; if so, …" is one condition. */
const checked =
  /\b(?:check|decide|tell|see|find out|determine|test|look)s? (?:if|whether) (?<what>[^.,;]+?)(?: or not)?(?:[.,;]| and|:) ?(?:if (?:so|it is|yes|true|that is (?:so|the case|true))|in that case)\b,?/giu;
const single =
  /\b(?:check|decide|tell|see|determine|test)s? (?:if|whether) (?:it|this|that|the \p{L}+) is (?:an? )?(?<what>[\p{L}-]+(?: [\p{L}-]+)?) ?[.,;:] ?/iu;
const rest =
  /(?<=[.,;:] ?)(?:but |and )?(?:everything else|anything else|all (?:the )?others?(?: \p{L}+)?|the others|others|the rest|in (?:all|any|every) other cases?|for (?:all|the) (?:others|rest)|if not)(?: (?:is|are|gets?|goes?|just|simply)\b)*,?/giu;
const unless =
  /(?<=^|[.;] ?)(?<what>[^.;,]+?),? unless (?<subject>it|this|that|they|the \p{L}+) (?<be>is|are|was) (?<how>[^.;,]+)/giu;

/** "Totals above 10,000 must …": a named value that decides. */
const ofValue =
  /(?<=^|[.;] ?)(?<what>amounts?|totals?|prices?|scores?|orders?|invoices?|claims?) (?<how>(?:over|above|below|under|of more than|of less than|of at least|more than|less than)) (?<number>[$€£]?\d[\d.,]*\d|[$€£]?\d+),? (?:(?:must|should|need to|have to) (?:be )?|are |is |go |goes |get |gets |needs? |(?=ask ))/giu;

/** "Over 50 needs approval": a number that decides. */
const bare =
  /(?<=[.,;:] ?)(?<how>(?:over|above|below|under|more than|less than|at least) [$€£]?\d[\d.,]*\d|(?:over|above|below|under|more than|less than|at least) [$€£]?\d+)(?: ?:|,| (?:needs?|must|should|goes?|gets?)(?= )| (?=ask\b))/giu;

/** Conditions in the one form that the rules know. */
export function plainConditions(text: string): string {
  const said = text
    .replace(ofValue, 'if it is $<how> $<number>, ')
    .replace(bare, 'if it is $<how>,')
    .replace(checked, 'if $<what>,')
    .replace(unless, 'if $<subject> $<be> not $<how>, $<what>');
  const only = single.exec(said);
  const what = only?.groups?.what?.toLowerCase();
  const rewritten =
    only === null || what === undefined
      ? said
      : said.slice(0, only.index) + withClass(said.slice(only.index + only[0].length), what);
  // Without what follows from it, the question itself is all that was asked.
  const conditional = rewritten.includes(`if it is ${what},`) ? rewritten : said;
  return /\b(?:if|when)\b/i.test(conditional)
    ? conditional.replace(rest, 'otherwise')
    : conditional;
}

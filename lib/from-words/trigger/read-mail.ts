const mails = String.raw`(?:e-?mails?|mails?|(?:customer|support|client)[ -]?(?:e-?)?mails?|messages?)`;
const when = String.raw`(?:when(?:ever)?|if|on|after|once|as soon as|each time|every time|for (?:each|every)|each|every)`;
const comes = String.raw`(?:comes? in(?:to [\w ]+?)?|arrives?|(?:is|are|was|gets?) (?:received|delivered|sent to [\w@. ]+?)|reach(?:es)?|lands?|hits?|gets? in|is in)`;
const place = String.raw`(?: (?:in|into|at|to)? ?(?:our|the|my|a|us|me)(?: [\w-]+)? ?(?:inbox|mailbox|us)?)?`;
const start = String.raw`(?<=^|[.;,] ?|\b(?:that|which|and) )`;
const end = String.raw`(?=\s*(?:[,.;:]|\band\b|\bthen\b|$))[,.;:]?`;

const patterns: readonly RegExp[] = [
  // "When a customer mail comes in", "whenever an email with an invoice arrives in our inbox".
  String.raw`\b${when} (?:an? |the |new |any |another |one )*(?:[\w-]+ ){0,2}?${mails}\b[^,.;:]{0,60}? ${comes}[^,.;:]*?${end}`,
  // "As soon as we receive an email".
  String.raw`\b${when} (?:we|i|somebody|someone|a \w+|people|customers?) (?:gets?|receives?|sends?(?: (?:us|me))?|writes?(?: (?:us|me|in))?)(?: an?| new| the| any)* (?:[\w-]+ )?(?:e-?mails?|mails?)\b[^,.;:]*?${end}`,
  // "When someone emails us".
  String.raw`\b${when} (?:somebody|someone|an? [\w ]+?|people|customers?) (?:e-?mails?|mails?|writes? to) (?:us|me|our [\w ]+?|the [\w ]+?)(?: an? \w+| about [\w ]+?)?${end}`,
  // "When an application arrives by email".
  String.raw`\b${when} (?:an? |the |new )*(?:[\w-]+ ){1,2}(?:${comes}|comes) (?:by|via|as) (?:e-?)?mail${end}`,
  // "We get emails with invoices attached."
  String.raw`^(?:we|i|our \w+) (?:gets?|receives?) (?:[\w-]+ )?(?:e-?mails?|mails?)\b[^,.;:]*?${end}`,
  // "For every new mail in the inbox", "on new email", "each incoming email".
  String.raw`\b(?:on|for|with|from) (?:an? |each |every |all )?(?:new|incoming|arriving|received) (?:[\w-]+ )?${mails}(?: ${comes})?(?: in (?:our|the|my|a) [\w ]*?(?:inbox|mailbox))?${end}`,
  String.raw`\b(?:for )?(?:each|every) (?:e-?mail|mail)(?: that| which)?(?: (?:we (?:get|receive)|${comes}))?${place}${end}`,
  String.raw`${start}(?:new|incoming|arriving) (?:[\w-]+ )?(?:e-?mails?|mails?|messages?)(?: that)?(?: ${comes})?${place}${end}`,
  // "A mail reaches us."
  String.raw`^(?:an? )?(?:[\w-]+ ){0,2}(?:e-?mails?|mails?) (?:that |which )?(?:comes? in|arrives?|reach(?:es)? us|is received)${end}`,
  String.raw`^wait for (?:an? |the |new )*(?:[\w-]+ )?(?:e-?mails?|mails?)\b[^,.;:]*?${end}`,
  String.raw`\b(?:watch|monitor)(?:es|s)? (?:our|the|my|a|an) (?:[\w-]+ )?(?:inbox|mailbox)(?: for (?:new )?(?:[\w-]+ )?(?:e-?mails?|mails?|messages?))?${end}`,
].map((source) => new RegExp(source, 'i'));

/** Says that a thing of another kind is meant: a chat, or a queue. */
const elsewhere =
  /\b(?:chat|slack|teams|whatsapp|telegram|discord|sms|text message|webhook|queue)\b/i;
/** The email as an object of the work: "add each new email to the table", "mails that come in should be sorted". */
const object =
  /\b(?:(?:each|every|all|any)(?: new| incoming)*|(?:new |incoming )+) ?(?:[\w-]+ )?(?:e-?mails?|mails?)\b(?! address)/i;
const subject =
  /^(?:all |new )?(?:[\w-]+ )?(?:e-?mails?|mails?) that (?:come|arrive|are received)(?: in)?(?= )/i;

export type MailStart = {
  /** The words that say it. */
  words: string;
  /** What else there is to do. */
  rest: string;
};

/** Whether emails that come in start it. */
export function readMailStart(text: string): MailStart | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found === null || elsewhere.test(found[0])) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return { words: found[0], rest: rest.replace(/\s+/g, ' ').trim() };
  }
  const found = subject.exec(text) ?? object.exec(text);
  if (found === null) return undefined;
  return { words: found[0], rest: text.replace(found[0], 'it') };
}

/** What the emails are called: "customer mail". */
export function mailNoun(words: string): string {
  const found =
    /\b(?:(?!an?\b|the\b|new\b|each\b|every\b|incoming\b|any\b|on\b|for\b|all\b|another\b|our\b|my\b)(?<kind>[\w-]+) )?(?:e-?)?mails?\b/i.exec(
      words,
    );
  const kind = found?.groups?.kind?.toLowerCase();
  return kind === undefined || /^(?:us|me|receive|get|send|sends|we|someone|an?)$/.test(kind)
    ? 'email'
    : `${kind} email`;
}

import { literal } from '../drafted';
import type { Action } from './find-actions';
import { addInput, addStep, type Input, type Weaving } from './weave';

const url = /https?:\/\/[^\s,;)"']+/i;

const feed = /\b(?:feeds?|rss|atom)\b/i;

/** Reads a page, an interface or a feed: the address that was written, or one that the run is given. */
export function fetchPage(weaving: Weaving, { words, clause }: Action): void {
  const written = url.exec(words) ?? url.exec(clause);
  const address = written?.[0].replace(/[.!?]+$/, '');
  const isFeed = feed.test(words) || (written !== null && feed.test(clause));
  const what = isFeed ? 'feed' : 'page';
  const asked = () =>
    `{{ ${addInput(weaving, {
      ...{ name: 'url', type: 'text', description: `Address of the ${what} to read.` },
      required: true,
    })} }}`;
  if (address === undefined)
    weaving.assumptions.add(
      'The address was not named: each run is asked for it. For a schedule, enter it in the trigger, or in the step.',
    );
  const step = addStep(weaving, {
    ...(isFeed
      ? { id: 'fetch', type: 'rss', name: 'Read the feed' }
      : { id: 'fetch', type: 'http', name: 'Fetch the page' }),
    does: address === undefined ? `Reads the ${what} at the given address.` : `Reads ${address}.`,
    config: { url: address === undefined ? asked() : literal(address) },
  });
  const expression = `steps.${step}.output.${isFeed ? 'rows' : 'body'}`;
  weaving.sources.push({ label: isFeed ? 'Feed' : 'Page', expression, step, isRows: isFeed });
  weaving.rows ??= expression;
}

/** What an email that starts the run gives: who sent it, its subject and its text. */
export function mailInputs(weaving: Weaving, what: string): void {
  const address = addInput(weaving, {
    ...{ name: 'from', type: 'email', required: true, description: 'Address of the sender.' },
  });
  const subject = addInput(weaving, { name: 'subject', type: 'text', description: 'Its subject.' });
  const text = addInput(weaving, {
    ...{ name: 'text', type: 'longtext', description: `Text of the ${what}.` },
  });
  weaving.sender = { address, subject, what };
  weaving.sources.push({ label: 'Subject', expression: subject });
  weaving.sources.push({ label: 'Email', expression: text });
}

/** What is in a mailbox now; only said where no mailbox is connected. */
export function readInbox(weaving: Weaving): void {
  const { mailbox } = weaving.known;
  if (mailbox === undefined) {
    weaving.assumptions.add(
      'Left out: reading the mailbox. There is no connection to one yet: add it in Settings → Connections, then the step “Read mailbox”.',
    );
    return;
  }
  const step = addStep(weaving, {
    ...{ id: 'inbox', type: 'read-mailbox', name: 'Read the mailbox' },
    does: `Reads new emails of “${mailbox}”.`,
    config: { connection: mailbox },
  });
  const expression = `steps.${step}.output.messages`;
  weaving.sources.push({ label: 'Emails', expression, step, isRows: true });
  weaving.rows ??= expression;
}

export const tabular = /\b(?:csv|spreadsheet|excel|xlsx|rows?|columns?|table)\b/i;

/** Reads the file that the run is given, as rows or as text. */
export function readFile(weaving: Weaving, text: string): void {
  const asRows = tabular.test(text);
  const file = addInput(weaving, {
    ...{ name: 'file', type: 'file', required: true },
    description: asRows ? 'The table to read: CSV or a workbook.' : 'The document to read.',
  });
  const step = addStep(weaving, {
    ...{ id: 'read', type: 'read-file', name: asRows ? 'Read the table' : 'Read the file' },
    does: 'Reads the file that the run is given.',
    config: { file: `{{ ${file} }}`, ...(asRows ? {} : { format: 'auto' }) },
  });
  const expression = `steps.${step}.output.${asRows ? 'rows' : 'text'}`;
  weaving.sources.push({ label: asRows ? 'Rows' : 'Document', expression, step, isRows: asRows });
  if (asRows) weaving.rows = expression;
}

/** What a description calls the thing that it works on, and the input for it. */
const nouns: readonly (readonly [RegExp, Omit<Input, 'type'>])[] = [
  [
    /\b(?:incoming |customer |new )?e-?mails? (?:arrives?|comes? in|is received)|\b(?:an?|the|each|incoming|customer|new|this|these) (?:\w+ )?e-?mails?\b/i,
    { name: 'email_text', description: 'Text of the email.' },
  ],
  [/\b(?:tickets?|support requests?)\b/i, { name: 'ticket', description: 'What the ticket says.' }],
  [
    /\b(?:customer |product |app |hotel )?reviews? (?:text|arrives?|comes?)|\b(?:customer|product|app|hotel|user) reviews?\b|\bfeedback\b|\bcomments?\b/i,
    { name: 'feedback', description: 'What somebody wrote.' },
  ],
  [
    /\bmeeting\b|\btranscripts?\b|\bnotes\b/i,
    { name: 'notes', description: 'Notes or transcript.' },
  ],
  [
    /\bbug (?:report)?s?\b|\bissues?\b|\berrors?\b|\blogs?\b/i,
    { name: 'report', description: 'What was reported.' },
  ],
  [/\borders?\b/i, { name: 'order', description: 'The order.' }],
  [
    /\b(?:leads?|prospects?|compan(?:y|ies))\b/i,
    { name: 'company', description: 'Name of the company.' },
  ],
  [
    /\b(?:applications?|applicants?|candidates?)\b/i,
    { name: 'application', description: 'The application.' },
  ],
  [/\bquestions?\b|\basks?\b/i, { name: 'question', description: 'What is asked.' }],
  [
    /\b(?:articles?|blog|essays?|newsletters?|stor(?:y|ies)|tweets?|posts?|topic|presentation)\b/i,
    { name: 'topic', description: 'What it is about.' },
  ],
  [/\bmessages?\b|\bchat\b/i, { name: 'message', description: 'The message.' }],
  [/\bcode\b|\bpull requests?\b|\bdiff\b/i, { name: 'code', description: 'The code.' }],
];

const about =
  /\b(?:about|on the topic of|on the subject of|regarding)\s+(?:the\s+)?([^,.;]{3,80}?)(?=\s+(?:and|then|in|for|from|every|with|that|to)\b|[,.;]|$)/i;

/** The text that a run is given where nothing else is read. */
export function textInput(weaving: Weaving, text: string, forced?: string): void {
  const [, noun] = nouns.find(([pattern]) => pattern.test(text)) ?? [];
  const wanted = forced === undefined ? noun : { name: forced, description: 'What was sent.' };
  const input = wanted ?? { name: 'text', description: 'The text to work on.' };
  const topic = about.exec(text)?.[1]?.trim();
  const expression = addInput(weaving, {
    ...input,
    type: input.name === 'topic' || input.name === 'company' ? 'text' : 'longtext',
    ...(topic === undefined || input.name !== 'topic' ? {} : { default: topic }),
  });
  const label = input.name.replaceAll('_', ' ');
  weaving.sources.push({
    label: `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`,
    expression,
  });
}

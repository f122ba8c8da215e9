import { type DraftedTrigger, scheduleAt } from './drafted-trigger';
import { readMailStart } from './read-mail';
import { readSchedule } from './read-schedule';

export type ReadTrigger = {
  trigger: DraftedTrigger | null;
  /** The text without the words that say what starts it. */
  rest: string;
  /** The words that say it. */
  words?: string;
  assumptions: string[];
};

const webhook =
  /\b(?:when(?:ever)?|if|on|after|each time|every time|as soon as)\b[^,.;]*\b(?:webhook|http request|post request|request (?:comes in|arrives)|payload|(?:is|gets) posted to)\b[^,.;]*[,.;]?|\b(?:via|by|from|through|as|with)\s+(?:a\s+)?webhook\b|\btriggered by (?:a )?webhook\b/i;
const chat =
  /\b(?:when(?:ever)?|if|each time|every time)\s+(?:someone|somebody|a (?:person|user|customer|visitor|member)|people)\s+(?:writes?|asks?|chats?|messages?)\b(?:[^,.;]*\bchat\b)?[^,.;]*[,.;]?|\b(?:a |an )?(?:support |faq |help )?chat ?bot\b|\bin (?:a|the|its) chat\b|\bchat assistant\b/i;
const form =
  /\b(?:when(?:ever)?|if|after|each time|every time|once|as soon as)\b[^,.;]*\b(?:form|sign[- ]?up|application|survey|registration)\b[^,.;]*[,.;]?|\b(?:via|by|from|through|with)\s+(?:a|the)\s+(?:\w+\s+)?form\b|\bform submissions?\b|^(?:an? )?(?:[\w-]+ )?form for [^,.;]*[,.;]?/i;
const arrival =
  /\b(?:when(?:ever)?|each time|every time|as soon as|once)\s+(?:a|an|the|we (?:get|receive)|there is|i (?:get|receive))\s+(?:a |an )?(?:new\s+)?[\w -]{2,40}?\s*(?:arrives?|comes? in|is (?:created|added|opened|received|placed|submitted|reported|uploaded|merged|sent)|gets? (?:created|added|opened))\b[,.;]?/i;

const noMailbox =
  'There is no connection to a mailbox yet: add one in Settings → Connections (kind IMAP), then the trigger “Email received”.';

/** What starts it, by the words of the description; undefined kinds are left to whoever runs it. */
export function readTrigger(text: string, timeZone: string, mailbox = ''): ReadTrigger {
  const schedule = readSchedule(text);
  if (schedule !== undefined) {
    const trigger = scheduleAt(schedule.cron, timeZone);
    if (trigger !== undefined) {
      const rest = without(text, schedule.start, schedule.end);
      const at = schedule.cron.split(' ').slice(0, 2).reverse();
      const clock = at.map((part) => part.padStart(2, '0')).join(':');
      const missing = schedule.timeMissing ? [`No time of day was named: it is ${clock}.`] : [];
      return {
        trigger,
        rest,
        assumptions: [...missing, `Times are in the time zone ${timeZone}.`],
      };
    }
  }
  const mail = readMailStart(text);
  if (mail !== undefined) {
    const { words, rest } = mail;
    const assumptions = [
      ...(/\bmail|e-?mails?\b/i.test(words) ? [] : ['“Message” was taken to mean an email.']),
      ...(mailbox === '' ? [noMailbox] : [`The emails come from the mailbox “${mailbox}”.`]),
    ];
    return { trigger: { kind: 'mail', config: { connection: mailbox } }, rest, words, assumptions };
  }
  for (const [kind, pattern] of [
    ['webhook', webhook],
    ['form', form],
    ['chat', chat],
  ] as const) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const trigger: DraftedTrigger =
      kind === 'webhook' ? { kind, config: { answer: 'now' } } : { kind, config: {} };
    return { trigger, rest: kept(text, found), words: found[0], assumptions: [] };
  }
  const found = arrival.exec(text);
  if (found !== null) {
    const assumption =
      'Where that comes from was not said: a webhook starts it, which the other system calls.';
    return {
      trigger: { kind: 'webhook', config: { answer: 'now' } },
      rest: kept(text, found),
      words: found[0],
      assumptions: [assumption],
    };
  }
  return { trigger: null, rest: text, assumptions: [] };
}

const kept = (text: string, found: RegExpExecArray) =>
  without(text, found.index, found.index + found[0].length);

const without = (text: string, start: number, end: number) =>
  `${text.slice(0, start)} ${text.slice(end)}`.replace(/\s+/g, ' ').trim();

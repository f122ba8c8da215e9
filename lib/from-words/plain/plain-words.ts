import { type Member, whoSource, withNames } from '../people/who';
import { plainApprovals } from './approvals';
import { classesIn, plainClasses, plainConditions } from './classes';

const thing = String.raw`(?:it|this|that|them|everything|all of it|(?:the|an?|its) [\w-]+(?: of [\w ]+?)?)`;
const named = String.raw`(?<who>(?=\p{Lu}|[\w.+-]+@|me\b|the (?:sender|customer|client)\b)${whoSource})(?!['’\p{L}])`;
const byMail = String.raw`(?: (?:by|via) (?:e-?)?mail)`;
const sayings: readonly (readonly [RegExp, string])[] = (
  [
    // "Let Carla know".
    [
      String.raw`\b(?:[Ll]et|[Kk]eep) (?<who>${whoSource}) (?:know|informed|posted)\b`,
      'tell $<who>',
    ],
    // "Goes to Carla by email".
    [
      String.raw`\b(?:goes?|(?:is|are|gets?) sent|sent) to ${named}${byMail}`,
      'send it by email to $<who>',
    ],
    // "Complaints are forwarded to Ben".
    [
      String.raw`\b(?:(?:is|are|gets?) )?(?:forwarded|passed on|routed|handed over) to ${named}${byMail}?`,
      'send it by email to $<who>',
    ],
    // "Send it to Ben", which says no other way.
    [
      String.raw`\b(?:[Ss]end|[Ff]orward) (?<what>${thing}) (?:back )?to ${named}${byMail}?(?! (?:in|on|via|by) )`,
      'send $<what> by email to $<who>',
    ],
    // "Email Ben", which names whom before what.
    [
      String.raw`\b(?:[Ee]-?mail|[Mm]ail) (?=\p{Lu})(?<who>${whoSource})(?!['’\p{L}])`,
      'send it by email to $<who>',
    ],
  ] as const
).map(([form, to]) => [new RegExp(form, 'gu'), to] as const);

/** "The top 5 by value": in an order, and then the first ones. */
const best =
  /\b(?:(?:give me|show me|tell me|keep|show|take|pick) )?(?:only )?the (?:top|best|highest) (?<count>\d+|three|five|ten|twenty)(?: \w+)? by (?:the )?(?<field>\w+)/gi;

/** "When I upload a CSV": what a person does who starts a run. */
const given =
  /^(?:when|whenever|once|if|after|each time|every time) (?:i|we) (?:upload|drop|attach|add|give|paste|enter|type|provide|submit)(?: it| you)?(?: in)? (?<what>[^,.]{2,80}),\s*(?:then )?/i;

/** A description in the forms that the rules know: who approves, and what holds for which class. */
export function plainWords(
  text: string,
  members: readonly Member[],
): { text: string; classes: string[] } {
  const named = withNames(text.replace(/\s+/g, ' ').replace(given, 'take $<what>, '), members);
  const sent = sayings.reduce((said, [form, to]) => said.replace(form, to), plainApprovals(named));
  const classes = classesIn(sent);
  const plain = plainConditions(plainClasses(sent, classes));
  return { text: plain.replace(best, 'sort by $<field> highest first, the top $<count>'), classes };
}

import { whoSource } from '../people/who';

const consent = String.raw`(?:approval|sign-?off|permission|confirmation|consent|decision|go-ahead|OK|okay|review)`;
const decide = String.raw`(?:approve|decide|confirm|sign (?:it |this )?off|okay|OK|check|review|have a look|take a look|look)`;
const decided = String.raw`(?:approved|signed off|confirmed|okayed|checked|reviewed)`;
const it = String.raw`(?: (?:at|on|over|about))?(?: (?:it|this|that|them|first|the (?:answer|reply|draft|text|result|mail|email)))*`;
const asks = (source: string) => new RegExp(source, 'gu');

/** Ways in which people say who is to approve, each with the group `who`. */
const forms: readonly RegExp[] = [
  String.raw`\b[Aa]sk (?<who>${whoSource})(?: (?:to|whether (?:they|he|she)) (?:${decide})s?${it}| for (?:an? |the |their |his |her )?${consent}|(?= (?:whether|if) )| first\b| before\b(?=[^.;]*\b(?:sent|emailed|mailed)\b)[^.;,]*)`,
  String.raw`\b(?:[Hh]ave|[Gg]et) (?:it|this|that|them|the \w+) ${decided} by (?<who>${whoSource})`,
  String.raw`\b[Ll]et (?<who>${whoSource}) (?:${decide})${it}`,
  String.raw`\b[Hh]ave (?<who>${whoSource}) (?:approve|decide|confirm|sign (?:it )?off)${it}`,
  String.raw`\b(?:(?:go(?:es)?|sent|pass(?:ed)?|hand(?:ed)?(?: over)?|forward(?:ed)?|escalated?|submit(?:ted)?|[Ss]end|[Pp]ass|[Ff]orward|[Ss]how|[Gg]ive)(?: (?:it|this|that|them))? to) (?<who>${whoSource}) for (?:an? |the )?${consent}`,
  String.raw`\b(?:[Gg]ets?|[Nn]eeds?|[Rr]equires?|[Ww]ait for|[Rr]equest|with|after|obtain)(?: (?:an?|the|his|her))? ${consent} (?:from|of|by) (?<who>${whoSource})`,
  String.raw`\b(?:(?:[Gg]et|[Nn]eeds?|[Ww]ait for|[Rr]equest|with|after) )?(?<who>(?:[Tt]he |[Mm]y |[Oo]ur )?[\p{L} ]{2,30}?)['’]s (?:approval|sign-?off|permission|confirmation|go-ahead|OK)\b`,
  String.raw`\b(?<who>${whoSource}) (?:(?:has|have|needs?) to|must|should|shall|is to|are to) (?:first )?(?:approve|decide|confirm|sign off)${it}`,
  String.raw`\b(?:be|is|are|gets?) (?:first )?${decided} by (?<who>${whoSource})`,
  String.raw`(?<=^|[.,;:] |\band |\bthen )(?<who>${whoSource}) (?:first )?(?:approves?|signs? off|decides?|confirms?)${it}`,
  String.raw`\bapproved by (?<who>${whoSource})`,
].map(asks);

const mine =
  /\b(?:(?:[Gg]et|[Nn]eeds?|[Ww]ait for|[Rr]equest|with|after) )?my (?:approval|sign-?off|permission|OK)\b/gu;

/** The same text with each approval as "ask Ben for approval". */
export const plainApprovals = (text: string): string =>
  forms
    .reduce(
      (said, form) =>
        said.replace(form, (...match) => {
          const groups: unknown = match.at(-1);
          const who =
            typeof groups === 'object' && groups !== null && 'who' in groups ? groups.who : '';
          return `ask ${String(who).trim()} for approval`;
        }),
      text,
    )
    .replace(mine, 'ask me for approval');

/** Who is asked in the words of an approval. */
export const askedIn = (words: string): string =>
  /\b[Aa]sk (?<who>.+?) for approval/u.exec(words)?.groups?.who ??
  new RegExp(String.raw`\b[Aa]sk (?<who>${whoSource})`, 'u').exec(words)?.groups?.who ??
  new RegExp(String.raw`\b(?:by|from|let|of) (?<who>${whoSource})`, 'u').exec(words)?.groups?.who ??
  '';

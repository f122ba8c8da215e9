import type { Encoding } from './encodings';

/** Letters beyond ASCII of the languages that are written in Windows-1250 and ISO 8859-2. */
const central = [
  'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ',
  'áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽäĺľôŕÄĹĽÔŔ',
  'áéíóöőúüűÁÉÍÓÖŐÚÜŰ',
  'čćđšžČĆĐŠŽ',
  'ăâîşţĂÂÎŞŢ',
].map((letters) => new Set(letters));

const marks = new Set('€‚„…‘’“”–—•™«»°§©®·×÷\u00a0\u00ad');
const capital = /^\p{Lu}$/u;
const small = /^\p{Ll}$/u;
const letter = /^\p{L}$/u;

/** How unlikely a text is as Western European: 0 for German, French, Spanish, Portuguese, Italian, Nordic as written. */
function westernCost(text: string): number {
  let cost = 0;
  for (const { character, before, after } of beyondAscii(text)) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x80 && code < 0xa0) cost += 10;
    else if (capital.test(character) && small.test(before)) cost += 3;
    else if (letter.test(character) && !'ªºµ'.includes(character)) {
      cost += oddLetter(character, before, after);
      if (before > '\u007f' && letter.test(before)) cost += 1;
    } else if (marks.has(character)) cost += oddMark(character, before, after, text);
    else cost += oddSymbol(character, before, after, text);
  }
  return cost;
}

function oddMark(character: string, before: string, after: string, text: string): number {
  const joins = '’·‘\u00ad–—'.includes(character);
  if ('–—'.includes(character) && /[\u0080-\uffff]/.test(before + after)) return 2;
  if (character === '“' && !/[”„]/.test(text)) return 2;
  return letter.test(before) && letter.test(after) && !joins ? 3 : 0;
}

/** What a sign such as `³` or `£` costs that stands inside a word. */
function oddSymbol(character: string, before: string, after: string, text: string): number {
  const inWord = letter.test(before) || letter.test(after);
  if ('¹²³'.includes(character)) return /[a-ln-z]/i.test(before) || letter.test(after) ? 4 : 0;
  if (character === 'µ') return letter.test(before) || !/[mgslAVF ]/.test(after) ? 4 : 0;
  if ('¿¡'.includes(character) && !letter.test(before))
    return text.includes(character === '¿' ? '?' : '!') ? 0 : 4;
  if (!'£¥¢¤¬¯±¶¦¨´¸¼½¾¿¡ªº'.includes(character)) return 2;
  if (inWord) return 'ªº'.includes(character) ? 1 : 4;
  return /[\u0080-\uffff]/.test(before + after) ? 1 : 0;
}

/** What a letter costs that stands where no Western language writes it. */
function oddLetter(character: string, before: string, after: string): number {
  const ends = !letter.test(after);
  if ('åæøÅÆØ'.includes(character) && /[áíèìùúýïàÁÍÈ]/.test(before + after)) return 2;
  if (character === 'ò') return /[aeou]/.test(before) ? 2 : 0;
  if (character === 'È') return /[aeiou]/.test(after) ? 2 : 0;
  if (character === 'ƒ') return 4;
  if ('ñÑ'.includes(character)) return /[aeiouáéíóúü]/i.test(after) ? 0 : 3;
  if ('œŒ'.includes(character)) return /[uictn]/i.test(after) ? 0 : 3;
  if ('õÕ'.includes(character)) return /e/i.test(after) ? 0 : 2;
  if (character === 'ì') return ends ? 0 : 2;
  if ('æÆ'.includes(character)) return ends ? 2 : 0;
  if (character === 'ê') {
    if (before === 'z' || /[dkbzfw]/.test(after) || (before === 'i' && after !== 'n')) return 2;
    return ends ? 0.9 : 0;
  }
  return 'šžŠŽŸþÞðÐ'.includes(character) ? 1 : 0;
}

/** The same for the languages of Central Europe, each with its own letters: the best of them counts. */
function centralCost(text: string): number {
  const costs = central.map(() => 0);
  for (const { character, before, after } of beyondAscii(text)) {
    const broken = capital.test(character) && small.test(before) ? 3 : 0;
    for (const [index, letters] of central.entries()) {
      let cost = 2;
      if (letters.has(character)) cost = 0;
      else if (marks.has(character)) cost = oddMark(character, before, after, text);
      else if ((character.codePointAt(0) ?? 0) < 0xa0) cost = 10;
      costs[index] = (costs[index] ?? 0) + cost + broken;
    }
  }
  return Math.min(...costs);
}

/** The same for Japanese. */
function japaneseCost(text: string): number {
  let cost = 0;
  for (const { character, before, after } of beyondAscii(text)) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x3000 && code <= 0x30ff) continue;
    if (code >= 0xff00 && code <= 0xff60) continue;
    if (code >= 0x4e00 && code <= 0x9fff) {
      // A lone kanji between Latin letters is a Western letter with its neighbour.
      cost += /[a-z]/.test(before + after) ? 2 : 0.3;
    } else if (code >= 0xff61 && code <= 0xff9f) {
      const run = (one: string) => one >= '\uff61' && one <= '\uff9f';
      cost += run(before) || run(after) ? 0.5 : 3;
    } else cost += code >= 0xe000 && code <= 0xf8ff ? 10 : 0.5;
  }
  return cost;
}

function* beyondAscii(text: string) {
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    if (character > '\u007f')
      yield { character, before: characters[index - 1] ?? '', after: characters[index + 1] ?? '' };
  }
}

const candidates: readonly { encoding: Encoding; bias: number; cost(text: string): number }[] = [
  { encoding: 'windows-1252', bias: 0, cost: westernCost },
  { encoding: 'windows-1250', bias: 1, cost: centralCost },
  { encoding: 'iso-8859-2', bias: 1.5, cost: centralCost },
  { encoding: 'macintosh', bias: 1.5, cost: westernCost },
  { encoding: 'shift_jis', bias: 0.5, cost: japaneseCost },
  { encoding: 'euc-jp', bias: 0.5, cost: japaneseCost },
];

/** Characters that are looked at; more would change nothing. */
const sample = 60_000;

/**
 * The most likely encoding of bytes that are not UTF-8 and hold no NUL: Western or Central European, Mac Roman or
 * Japanese. A guess by how the letters stand beside each other; whoever knows better says so in the settings.
 */
export function guessEncoding(bytes: Uint8Array): { encoding: Encoding; text: string } {
  let best: { encoding: Encoding; text: string; cost: number } | undefined;
  for (const { encoding, bias, cost } of candidates) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      const total = bias + cost(relevant(text));
      if (best === undefined || total < best.cost) best = { encoding, text, cost: total };
    } catch {
      // Not this one: it has bytes that do not exist in it.
    }
  }
  return best ?? { encoding: 'windows-1252', text: new TextDecoder('windows-1252').decode(bytes) };
}

/** The lines that hold something beyond ASCII, up to a length. */
function relevant(text: string): string {
  let kept = '';
  for (const line of text.split(/[\r\n]+/)) {
    if (/[\u0080-\uffff]/.test(line)) kept += `${line}\n`;
    if (kept.length > sample) break;
  }
  return kept.slice(0, sample);
}

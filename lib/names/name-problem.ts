/** Combining marks in a row that a name may have: scripts need up to five, and sixty cover the lines around. */
export const maxMarks = 6;

/** Scripts whose letters change their form by a joiner or non-joiner between or after them. */
const joining = [
  ...['Arabic', 'Syriac', 'Nko', 'Mandaic', 'Mongolian', 'Phags_Pa', 'Adlam', 'Hanifi_Rohingya'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
  ...['Malayalam', 'Sinhala', 'Myanmar', 'Khmer', 'Tibetan', 'Balinese', 'Javanese'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');

/** Characters of the class "format" that are seen, or that shape what is seen, where they stand. */
const shaping = [
  // A flag made of letters, such as that of Scotland.
  '\\u{1F3F4}[\\u{E0020}-\\u{E007E}]{1,12}\\u{E007F}',
  // Emoji joined into one.
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})',
  `(?<=[${joining}])[\\u200C\\u200D]`,
  // Arabic, Syriac and Kaithi signs that stand around a number.
  '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]',
].join('|');

/** Left alone, or (the group) taken out: control and format characters, line ends, halves of characters. */
const unseen = new RegExp(`${shaping}|([\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}])`, 'gu');
const tooManyMarks = new RegExp(`(\\p{M}{${maxMarks}})\\p{M}+`, 'gu');
/** Something that one can see: no blank, no mark without a letter, nothing that is drawn as nothing. */
const seen = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]|\p{Co}/u;

/**
 * Why a text cannot be a name that people are shown: it holds what cannot be seen or turns the text around it, so that
 * two names look alike; or marks that cover other lines; or it shows nothing at all. Undefined when it can be one.
 */
export function nameProblem(name: string): string | undefined {
  for (const found of name.matchAll(unseen)) {
    const [, wrong] = found;
    if (wrong === undefined) continue;
    const code = (wrong.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const place = [...name.slice(0, found.index)].length + 1;
    return `character ${place} (U+${code}) cannot be seen: take it out`;
  }
  if (name.search(tooManyMarks) >= 0) return `use at most ${maxMarks} marks on one letter`;
  if (name !== '' && !seen.test(name)) return 'use characters that can be seen';
  return undefined;
}

/** The same text without what {@link nameProblem} refuses; line ends and tabs become blanks. May be empty. */
export function cleanName(name: string): string {
  const clean = name
    .replace(/[\t-\r\u0085\u2028\u2029]+/g, ' ')
    .replace(unseen, (whole, wrong: string | undefined) => (wrong === undefined ? whole : ''))
    .replace(tooManyMarks, '$1')
    .trim();
  return seen.test(clean) ? clean : '';
}

/** Why a text cannot be a file's name, beyond {@link nameProblem}: it would name a place. */
export function fileNameProblem(name: string): string | undefined {
  if (/[/\\]/.test(name)) return 'write the name alone, without "/" or "\\"';
  if (name === '.' || name === '..') return 'enter a name';
  return nameProblem(name);
}

/** The last part of a path, cleaned as {@link cleanName} does; `file` where nothing is left. */
export function cleanFileName(name: string): string {
  const clean = cleanName(name.split(/[/\\]/).at(-1) ?? '');
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean;
}

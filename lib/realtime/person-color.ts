/** Colours that tell people apart in both themes; white text is readable on each. */
const palette = [
  '#c83a93',
  '#755fd6',
  '#3e63dd',
  '#0c7792',
  '#2b7a4b',
  '#986801',
  '#c2530a',
  '#ce2c31',
  '#5e6b04',
  '#8e4ec6',
] as const;

/** The colour of a person, the same everywhere and always. */
export function personColor(userId: string): string {
  let hash = 2_166_136_261;
  for (let i = 0; i < userId.length; i += 1) {
    hash = Math.imul(hash ^ userId.charCodeAt(i), 16_777_619);
  }
  return palette[(hash >>> 0) % palette.length] ?? palette[0];
}

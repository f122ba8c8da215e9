import { textOf } from '../words';

/** A model of meaning says less the longer a text is, and takes longer. */
const maxCharacters = 600;

/** What of a question its meaning is made of. */
export const questionText = (q: string): string => q.trim().slice(0, maxCharacters).toWellFormed();

/** What of an entry its meaning is made of: the words of its path, then the beginning of its value. */
export function meaningText(path: string, value: unknown): string {
  const words = path.replace(/[/_.-]+/g, ' ');
  const text = textOf(value).replace(/\s+/g, ' ').trim();
  return `${words}: ${text}`.slice(0, maxCharacters).toWellFormed();
}

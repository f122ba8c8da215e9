import { cleanText } from '@/lib/runs/values/clean';

/** Names and values without what the database cannot keep. */
export const cleanPairs = (pairs: Iterable<[string, string]>): [string, string][] =>
  [...pairs].map(([name, value]) => [cleanText(name), cleanText(value)]);

export const cleanTexts = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(cleanPairs(Object.entries(texts)));

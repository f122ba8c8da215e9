import type { Counted } from './schema';

/** More tokens than any call has: a server that counts more counts wrongly. */
const maxTokens = 1_000_000_000;

/** What a server says that it counted, as a whole number from 0; 0 for what cannot be a count of tokens. */
export function tokenCount(value: unknown): number {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0) || number > maxTokens) return 0;
  return Math.floor(number);
}

/** Kinds of tokens that have prices of their own: each token is of one. */
export type TokenKinds = {
  fresh: number;
  cacheRead: number;
  cacheWrite: number;
  text: number;
  reasoning: number;
};

/** Counts by kind, which add up to their totals whatever a server says of the parts. */
export function kindsOf(counted: Counted): TokenKinds {
  const { inputTokens, outputTokens } = counted;
  const cacheRead = Math.min(counted.cacheRead ?? 0, inputTokens);
  const cacheWrite = Math.min(counted.cacheWrite ?? 0, inputTokens - cacheRead);
  const reasoning = Math.min(counted.reasoning ?? 0, outputTokens);
  const fresh = inputTokens - cacheRead - cacheWrite;
  return { fresh, cacheRead, cacheWrite, text: outputTokens - reasoning, reasoning };
}

/** Counts without what is no count, and without parts that are 0. */
export function counted(given: Counted): Counted {
  const parts = {
    cacheRead: tokenCount(given.cacheRead),
    cacheWrite: tokenCount(given.cacheWrite),
    reasoning: tokenCount(given.reasoning),
  };
  return {
    inputTokens: tokenCount(given.inputTokens),
    outputTokens: tokenCount(given.outputTokens),
    ...Object.fromEntries(Object.entries(parts).filter(([, count]) => count > 0)),
  };
}

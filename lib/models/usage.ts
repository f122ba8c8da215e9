/** More tokens than any call has: a server that counts more counts wrongly. */
const maxTokens = 1_000_000_000;

/** What a server says that it counted, as a whole number from 0; 0 for what cannot be a count of tokens. */
export function tokenCount(value: unknown): number {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0) || number > maxTokens) return 0;
  return Math.floor(number);
}

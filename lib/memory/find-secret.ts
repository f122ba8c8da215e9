/** Credentials by the form that their makers gave them, and words that come before one. */
const patterns: readonly { what: string; pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/ },
  { what: 'an API key', pattern: /\bsk-[A-Za-z0-9_-]{20,}/ },
  { what: 'an API key', pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  {
    what: 'a GitHub token',
    pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{40,}/,
  },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { what: 'an AWS key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: 'an Ensemble API key', pattern: /\bens_[A-Za-z0-9]{24,}/ },
  {
    what: 'a signed token',
    pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/,
  },
  {
    what: 'credentials in an address',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/:@]{3,100}@/i,
  },
  {
    what: 'a password',
    pattern:
      /(?:password|passwd|passwort|secret|api[_ -]?key|access[_ -]?token)["']?\s*[:=]\s*["']?[^\s"',;{}]{8,}/i,
  },
];

/** What a text seems to hold that belongs into a connection, as part of a sentence; undefined for nothing. */
export function findSecret(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return patterns.find(({ pattern }) => pattern.test(text))?.what;
}

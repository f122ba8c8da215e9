/** What stands in the place of a secret. */
const shown = '[secret]';
/** A shorter text is no secret, and would take ordinary words apart. */
const minCharacters = 4;

/** Takes secrets out of what somebody sent back. */
export type Redactor = {
  text(given: string): string;
  /** All strings in a value, names of fields included. */
  value<T>(given: T): T;
};

/** A redactor of these secrets, also in the forms in which servers repeat them: encoded for addresses, JSON, HTML or base64. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter(({ length }) => length >= minCharacters)
    .sort((one, other) => other.length - one.length);
  const text = (given: string) => forms.reduce((left, form) => left.replaceAll(form, shown), given);
  const value = (given: unknown): unknown => {
    if (typeof given === 'string') return text(given);
    if (typeof given === 'number' && forms.includes(String(given))) return shown;
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(
      Object.entries(given).map(([key, inner]) => [text(key), value(inner)]),
    );
  };
  return { text, value: <T>(given: T) => value(given) as T };
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const encoded = encodeURIComponent(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return [
    secret,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()),
    form,
    JSON.stringify(secret).slice(1, -1),
    html,
    html.replaceAll("'", '&#39;'),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}

/**
 * The value of a JSON number as its sender wrote it: a number where a number holds it, else its text with every digit.
 * Text are whole numbers beyond ±(2^53 − 1), larger ones that would lose digits, and those that are not finite.
 */
export function exactNumber(token: string): number | string {
  const value = Number(token);
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(value) ? value : token;
  if (!Number.isFinite(value)) return token;
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  return digitsOf(token) === digitsOf(String(value)) ? value : token;
}

/** The digits of a number without sign, point, exponent and zeros at its ends. */
function digitsOf(token: string): string {
  return token
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
}

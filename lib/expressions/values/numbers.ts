/** Rounds half away from zero to `digits` decimal digits, on the number as people read it: 1.005 → 1.01. */
export function roundTo(value: number, digits: number): number {
  const places = Math.max(-15, Math.min(15, digits));
  const shifted = shift(Math.abs(value), places);
  if (!Number.isFinite(shifted)) return value;
  return Math.sign(value) * shift(Math.round(shifted), -places) + 0;
}

/** Moves the decimal point in the written number, so that no binary error is added. */
function shift(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** `1234.5` with two digits → `1,234.50`. The same on every machine: it asks no locale. */
export function formatNumber(value: number, digits: number): string {
  const places = Math.max(0, Math.min(15, digits));
  const rounded = roundTo(value, places);
  if (!Number.isFinite(rounded) || Math.abs(rounded) >= 1e21) return String(rounded);
  const [whole = '0', fraction] = Math.abs(rounded).toFixed(places).split('.');
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${rounded < 0 ? '-' : ''}${marked}${fraction ? `.${fraction}` : ''}`;
}

/**
 * The number that a text holds, or null. Blanks around it are fine; an empty text holds none, and a whole number that
 * would lose digits is none.
 */
export function parseNumber(text: string): number | null {
  if (text.length > 1_000) return null;
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return null;
  const value = Number(trimmed);
  if (/^[+-]?\d+$/.test(trimmed) && !Number.isSafeInteger(value)) return null;
  return Number.isFinite(value) ? value : null;
}

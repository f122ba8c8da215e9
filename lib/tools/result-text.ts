/** A result as a model reads it: text as it is, all else as JSON; one that is too long is cut, and says so. */
export function resultText(value: unknown, most: number): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 1) >= 0xd8_00 && text.charCodeAt(most - 1) <= 0xdb_ff ? 1 : 0;
  return `${text.slice(0, most - end)}\n[The result was cut here: ${most} of ${text.length} characters. Ask for less, or for another part.]`;
}

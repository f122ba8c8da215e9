const lead = /^(?:the|a|an|its|their|all|any|each|either|one of)\s+/i;

/** "billing, technical or other" as its parts; empty where it is no list. */
export function readList(text: string): string[] {
  const parts = text
    .split(/\s*(?:,|;|\/|\bor\b|\band\b|\bplus\b|&)\s*/i)
    .map((part) =>
      part
        .replace(lead, '')
        .replace(/["“”'.:!?()]/g, '')
        .trim(),
    )
    .filter((part) => part !== '' && part.split(/\s+/).length <= 4);
  return [...new Set(parts.map((part) => part.toLowerCase()))].slice(0, 12);
}

/** A name for a field or a step's key: letters, digits and `_`. */
export function nameOf(text: string, fallback: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  return /^[a-z]/.test(plain) ? plain : fallback;
}

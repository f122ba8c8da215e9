const begins = (text: string, part: string) => text.startsWith(part);
const inside = (text: string, part: string) =>
  ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${part}`);

/**
 * How well something fits a search, from 0 (not at all) to 1: by its label, then by further words. Each typed word must be
 * there. `found`: the server found it, perhaps by what neither says.
 */
export function rankOf(
  search: string,
  { label, words = '', found = false }: { label: string; words?: string; found?: boolean },
): number {
  const wanted = search.trim().toLowerCase().replace(/\s+/g, ' ');
  if (wanted === '') return 1;
  const name = label.toLowerCase();
  const more = words.toLowerCase();
  if (name === wanted) return 1;
  if (begins(name, wanted)) return 0.9;
  if (inside(name, wanted)) return 0.8;
  if (` ${more} `.includes(` ${wanted} `)) return 0.75;
  if (inside(more, wanted)) return 0.6;
  const parts = wanted.split(' ');
  if (parts.every((part) => inside(name, part) || inside(more, part))) return 0.5;
  if (parts.every((part) => name.includes(part))) return 0.4;
  if (parts.every((part) => name.includes(part) || more.includes(part))) return 0.3;
  return found ? 0.2 : 0;
}

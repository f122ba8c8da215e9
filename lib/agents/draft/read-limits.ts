import type { ModelPolicy } from '@/lib/models/schema';

const amount = String.raw`(\d{1,5}(?:[.,]\d{1,2})?)`;
const dollars = new RegExp(String.raw`\$\s?${amount}|${amount}\s?(?:\$|usd|dollars?)\b`, 'i');
const cents = new RegExp(String.raw`${amount}\s?cents?\b`, 'i');
const minutes =
  /\b(?:within|at most|max(?:imum)?|no longer than|in under)\s+(\d{1,4})\s*(min(?:ute)?s?|hours?|h)\b/i;

/** What a task may cost, where a sentence says so, in US dollars. */
export function readMoney(sentence: string): number | undefined {
  const [, before, after] = dollars.exec(sentence) ?? [];
  const given = before ?? after;
  const [, small] = cents.exec(sentence) ?? [];
  const value =
    given !== undefined
      ? Number(given.replace(',', '.'))
      : small !== undefined
        ? Number(small.replace(',', '.')) / 100
        : undefined;
  return value !== undefined && value > 0 && value <= 10_000 ? value : undefined;
}

/** How long a task may take, where a sentence says so. */
export function readMinutes(sentence: string): number | undefined {
  const [, count, unit] = minutes.exec(sentence) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const value = Number(count) * (unit.toLowerCase().startsWith('h') ? 60 : 1);
  return value > 0 && value <= 1_440 ? value : undefined;
}

/** What a sentence wishes of the model. */
export function readModel(sentence: string): ModelPolicy | undefined {
  const local =
    /\b(confidential\w*|private(ly)?|secretly|locally|on this machine|never leaves?|stays? here)\b/i.test(
      sentence,
    );
  const stays = local ? { localOnly: true } : {};
  if (/\b(cheap\w*|low cost|inexpensive\w*)\b/i.test(sentence))
    return { mode: 'cheapest', ...stays };
  if (/\b(fast|quick(ly)?|at once|immediately)\b/i.test(sentence))
    return { mode: 'fastest', ...stays };
  if (/\b(best|careful(ly)?|thorough(ly)?|high quality)\b/i.test(sentence))
    return { mode: 'best', ...stays };
  return local ? { mode: 'balanced', localOnly: true } : undefined;
}

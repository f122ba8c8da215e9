import { dollarsText } from './estimate';
import type { IfModel } from './if-model-schema';
import { picoOf } from './pico';

/** "With gpt-6-luna about $0.0003 a run, with claude-fable-5-1 about $0.02 (list prices of October 2026)". */
export function ifModelsWords(models: readonly IfModel[], per: string): string {
  const parts = models.map(({ model, costUsd }, index) => {
    const name = model.slice(model.indexOf('/') + 1);
    const cost = `about ${dollarsText(picoOf(costUsd.p50) ?? 0n)}`.replace('about less', 'less');
    return `${index === 0 ? 'With' : 'with'} ${name} ${cost}${index === 0 ? ` ${per}` : ''}`;
  });
  const lists = [...new Set(models.map(({ list }) => listWords(list)))];
  return `${parts.join(', ')} (${lists.join(' and ')})`;
}

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function listWords(list: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(list) ?? [];
  if (year === undefined) return 'your own prices';
  return `list prices of ${months[Number(month) - 1]} ${year}`;
}

import { type Budget, read } from '@/lib/expressions/values/budget';
import { displayText } from '@/lib/expressions/values/display-text';
import { canonical } from '@/lib/expressions/values/values';

/** When two values are the same: as they are; as people read them; or that without case and blanks around. */
export const comparisons = ['exact', 'text', 'loose'] as const;
export type Comparison = (typeof comparisons)[number];

/** Equal texts for values that are the same. */
export function keyOf(values: readonly unknown[], how: Comparison, budget: Budget): string {
  if (how === 'exact') return values.map((value) => canonical(value ?? null, budget)).join('\n');
  const texts = values.map((value) => {
    const text = displayText(value, budget);
    read(budget, 4 * text.length);
    return JSON.stringify(how === 'loose' ? text.trim().toLowerCase() : text);
  });
  return texts.join('\n');
}

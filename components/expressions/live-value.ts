import { workOutApart } from '@/components/computation/work-out';
import type { Names } from '@/components/text-editor/suggest';
import { isCheap, namesIn, quickBudget } from '@/lib/computation/cheap';
import { type TextResult, type TextsJob, workOut } from '@/lib/computation/texts';
import { newBudget } from '@/lib/expressions/values/budget';

/** Characters of a value that are shown beside its field. */
const shown = 300;

/**
 * What a text of a step gives with these values: in place where that is cheap, else apart from the page. Undefined
 * where it takes too long.
 */
export async function liveValue(
  text: string,
  as: 'expression' | 'template',
  names: Names,
): Promise<TextResult | undefined> {
  const texts: TextsJob['texts'] = [{ as, text, shown }];
  const seen = namesIn(texts, names);
  if (isCheap({ texts, names: seen })) {
    const done = workOut({ texts, names: seen, budget: quickBudget(newBudget()) });
    if (Math.min(done.budget.left, done.budget.bytes) >= 0) return done.results[0];
  }
  const done = await workOutApart('texts', { texts, names: seen, budget: newBudget() });
  return done?.results[0];
}

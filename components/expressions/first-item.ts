import { workOutApart } from '@/components/computation/work-out';
import type { Names } from '@/components/text-editor/suggest';
import { isCheap, namesIn, quickBudget } from '@/lib/computation/cheap';
import { type TextsDone, type TextsJob, workOut } from '@/lib/computation/texts';
import { newBudget } from '@/lib/expressions/values/budget';

const known = new Map<string, unknown>();
const maxKnown = 50;

/**
 * The first of the items that an expression gives, as a sample; null where it is not known. The expression may be
 * anybody's: what is not cheap is worked out apart, and its item is there the next time that somebody asks.
 */
export function firstItemOf(items: string, names: Names): unknown {
  const texts: TextsJob['texts'] = [{ as: 'expression', text: items }];
  const seen = namesIn(texts, names);
  if (isCheap({ texts, names: seen })) {
    const done = workOut({ texts, names: seen, budget: quickBudget(newBudget()) });
    if (Math.min(done.budget.left, done.budget.bytes) >= 0) return firstOf(done);
  }
  if (known.has(items)) return known.get(items);
  if (known.size >= maxKnown) known.delete(known.keys().next().value ?? '');
  known.set(items, null);
  void workOutApart('texts', { texts, names: seen, budget: newBudget() }).then((done) => {
    known.set(items, done === undefined ? null : firstOf(done));
  });
  return null;
}

function firstOf({ results: [result] }: TextsDone): unknown {
  const list = result?.ok ? result.value : null;
  return Array.isArray(list) ? (list[0] ?? null) : typeof list === 'number' ? 0 : null;
}

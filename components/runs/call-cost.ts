import { formatCost } from '@/components/ui/format';
import type { Call } from '@/lib/runs/schema';
import { sumUsd } from '@/lib/spending/pico';

/** What model calls cost, for people: a price that nobody knows is not shown as $0. */
export function costOfCalls(calls: readonly Call[]): string {
  const known = calls.filter(({ unpriced }) => unpriced === undefined);
  if (known.length === 0 && calls.length > 0) return 'price unknown';
  const cost = formatCost(sumUsd(...known.map(({ usage }) => usage.costUsd)));
  return known.length === calls.length ? cost : `${cost} + price unknown`;
}

import { CachedMark } from '@/components/spending/cached-mark';
import { MadeUpMark } from '@/components/spending/made-up';
import { formatCost, formatCount } from '@/components/ui/format';
import type { Call } from '@/lib/runs/schema';
import { sumUsd } from '@/lib/spending/pico';

/** The model calls of a step: what answered, what it cost, and why it was chosen. */
export function Calls({ calls }: { calls: Call[] }) {
  return (
    <ul className="divide-y rounded-md border">
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added at the end
        <li key={index} className="space-y-1 px-3 py-2">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-xs">{call.model}</span>
            <span className="text-xs text-faint">{call.provider}</span>
            {call.rehearsed ? <MadeUpMark /> : null}
            {call.cached ? <CachedMark /> : null}
            <span className="ml-auto text-xs text-muted tabular">
              {formatCount(call.usage.inputTokens)} in, {formatCount(call.usage.outputTokens)} out ·{' '}
              {costOfCalls([call])}
            </span>
          </div>
          <p className="text-xs text-muted">
            <span className="text-faint">Why this model: </span>
            {call.reason}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What model calls cost, for people: a price that nobody knows is not shown as $0. */
export function costOfCalls(calls: readonly Call[]): string {
  const known = calls.filter(({ unpriced }) => unpriced === undefined);
  if (known.length === 0 && calls.length > 0) return 'price unknown';
  const cost = formatCost(sumUsd(...known.map(({ usage }) => usage.costUsd)));
  return known.length === calls.length ? cost : `${cost} + price unknown`;
}

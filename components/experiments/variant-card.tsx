import { Trophy } from 'lucide-react';
import { moneyText, shareText } from '@/components/spending/words';
import { Badge } from '@/components/ui/display/badge';
import { formatDuration } from '@/components/ui/format';
import type { VariantCounts } from '@/lib/experiments/contract';
import { type Change, isSame } from '@/lib/experiments/schema';
import { policyTitle } from '@/lib/models/modes';

/** One variant: what it changes, and what its tasks came to. */
export function VariantCard({ variant, wins }: { variant: VariantCounts; wins: boolean }) {
  const { id, name, change, sharePercent, tasks, counted, leftOut, failures, rated, foundBad } =
    variant;
  const facts = [
    ['Tasks', `${tasks}`],
    ['Counted', leftOut === 0 ? `${counted}` : `${counted}, ${leftOut} left out`],
    ['Cost a task', counted === 0 ? '–' : moneyText(variant.meanCostUsd)],
    ['Time a task', counted === 0 ? '–' : formatDuration(variant.meanDurationMs)],
    ['Failed', counted === 0 ? '–' : `${failures} (${shareText(failures, counted)})`],
    ['Cost in all', moneyText(variant.costUsd)],
    ...(rated > 0 ? [['Found bad', `${foundBad} of ${rated} rated`] as const] : []),
  ] as const;
  return (
    <section
      aria-label={`Variant ${id}`}
      className={`min-w-0 space-y-4 rounded-lg border bg-surface p-4 ${wins ? 'border-accent' : ''}`}
    >
      <header className="flex items-center gap-2">
        <span className="flex size-6 shrink-0 items-center justify-center rounded-md bg-accent-soft text-xs font-semibold text-accent">
          {id}
        </span>
        <h2 className="min-w-0 flex-1 truncate text-sm font-medium">{name}</h2>
        {wins ? (
          <Badge tone="success">
            <Trophy aria-hidden /> Wins
          </Badge>
        ) : null}
        <Badge>{sharePercent} % of tasks</Badge>
      </header>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-faint">{label}</dt>
            <dd className="text-sm tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <ChangeView change={change} />
    </section>
  );
}

function ChangeView({ change }: { change: Change }) {
  if (isSame(change)) return <p className="text-xs text-muted">Changes nothing.</p>;
  const texts = [
    ['Prompt', change.prompt],
    ['Instructions', change.instructions],
  ] as const;
  return (
    <div className="space-y-2 text-xs">
      {change.model === undefined ? null : (
        <p>
          <span className="text-faint">Model </span>
          <span className="font-mono">{policyTitle(change.model)}</span>
        </p>
      )}
      {texts.map(([label, text]) =>
        text === undefined ? null : (
          <div key={label}>
            <p className="text-faint">{label}</p>
            <pre className="max-h-40 overflow-y-auto rounded-md bg-hover px-2.5 py-2 font-mono whitespace-pre-wrap">
              {text}
            </pre>
          </div>
        ),
      )}
    </div>
  );
}

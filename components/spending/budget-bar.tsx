import { cn } from '@/components/ui/cn';
import { moneyText } from './words';

type Props = {
  spentUsd: string;
  heldUsd: string;
  capUsd: string;
  softAt?: number;
  label: string;
};

/** What is spent and held of a cap: a bar with the soft mark on it, and the same in words. */
export function BudgetBar({ spentUsd, heldUsd, capUsd, softAt, label }: Props) {
  const [spent, held, cap] = [spentUsd, heldUsd, capUsd].map(Number);
  const part = (value = 0) => Math.min(100, cap ? (100 * value) / cap : 0);
  const left = Math.max(0, (cap ?? 0) - (spent ?? 0) - (held ?? 0));
  const tone =
    part(spent) >= 100 ? 'bg-danger' : part(spent) >= (softAt ?? 100) ? 'bg-warning' : 'bg-accent';
  return (
    <div className="space-y-1">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={cap}
        aria-valuenow={Math.min(spent ?? 0, cap ?? 0)}
        aria-valuetext={`${moneyText(spentUsd)} of ${moneyText(capUsd)} spent`}
        className="relative flex h-1.5 overflow-hidden rounded-full bg-active"
      >
        <span className={cn('h-full', tone)} style={{ width: `${part(spent)}%` }} />
        <span
          className={cn('h-full opacity-40', tone)}
          style={{ width: `${Math.min(100 - part(spent), part(held))}%` }}
        />
        {softAt === undefined ? null : (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-border-strong"
            style={{ left: `${softAt}%` }}
          />
        )}
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted tabular">
        <span>{moneyText(spentUsd)} spent</span>
        {held ? <span>{moneyText(heldUsd)} held by calls under way</span> : null}
        <span className="ml-auto">{moneyText(String(left))} left</span>
      </p>
    </div>
  );
}

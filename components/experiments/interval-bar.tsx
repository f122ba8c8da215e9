import type { Experiment } from '@/lib/experiments/contract';
import type { Goal } from '@/lib/experiments/schema';
import { intervalText, sizeText } from '@/lib/experiments/words';

type Props = { goal: Goal; difference: Experiment['difference'] };

/** Where the difference lies, B minus A: a line from its least to its most, and zero in the middle. */
export function IntervalBar({ goal, difference: { estimate, low, high } }: Props) {
  if (low === undefined || high === undefined) return null;
  const most = Math.max(Math.abs(Number(low)), Math.abs(Number(high)), Number.MIN_VALUE) * 1.1;
  const place = (value: string) => 50 + (Number(value) / most) * 50;
  const [from, to] = [place(low), place(high)];
  const sure = Number(high) < 0 || Number(low) > 0;
  return (
    <figure className="space-y-1.5">
      <div
        role="img"
        aria-label={`B compared with A: ${intervalText(goal, low, high)}`}
        className="relative h-7 rounded-md bg-hover"
      >
        <span className="absolute inset-y-0 left-1/2 w-px bg-border-strong" />
        <span
          className={`absolute top-1/2 h-1 -translate-y-1/2 rounded-full ${sure ? 'bg-accent' : 'bg-muted'}`}
          style={{ left: `${from}%`, width: `${to - from}%` }}
        />
        <span
          className={`absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-bg ${sure ? 'bg-accent' : 'bg-muted'}`}
          style={{ left: `${place(estimate)}%` }}
        />
      </div>
      <figcaption className="flex justify-between gap-2 text-xs text-faint tabular">
        <span>B is better: {sizeText(goal, String(-most))} less</span>
        <span className="max-sm:hidden">no difference</span>
        <span>B is worse: {sizeText(goal, String(most))} more</span>
      </figcaption>
    </figure>
  );
}

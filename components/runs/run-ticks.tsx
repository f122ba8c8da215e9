import Link from 'next/link';
import { statusLabel } from '@/components/icons/status-dot';
import { cn } from '@/components/ui/cn';
import type { RunSummary } from '@/lib/runs/contract';
import type { RunStatus } from '@/lib/runs/schema';

const colours: Record<RunStatus, string> = {
  queued: 'bg-border-strong',
  running: 'bg-info animate-breathe',
  waiting: 'bg-warning',
  paused: 'bg-warning',
  succeeded: 'bg-success',
  failed: 'bg-danger',
  cancelled: 'bg-border-strong',
};

/** What stands behind a tick: the state, and that no real model answered. */
const wordsOf = ({ status, mode, scripted }: RunSummary) =>
  [
    statusLabel(status),
    ...(mode === 'rehearsal' ? ['rehearsed'] : scripted ? ['made-up answers'] : []),
  ].join(', ');

/** The last five runs, the newest on the right, as small coloured ticks that lead to them. */
export function RunTicks({ runs }: { runs: RunSummary[] }) {
  const last = runs.slice(0, 5).reverse();
  return (
    <span className="relative z-10 inline-flex h-5 items-center gap-0.5">
      {Array.from({ length: 5 - last.length }, (_, index) => `empty-${index}`).map((key) => (
        <span key={key} aria-hidden className="mx-0.5 h-3.5 w-1 rounded-full bg-active" />
      ))}
      {last.map((run) => (
        <Link
          key={run.id}
          href={`/runs/${run.id}`}
          prefetch={false}
          aria-label={`Run: ${wordsOf(run)}`}
          title={wordsOf(run)}
          className="group flex h-5 w-2 items-center justify-center rounded-sm"
        >
          <span
            className={cn(
              'h-3.5 w-1 rounded-full transition-transform duration-100 group-hover:scale-y-125',
              colours[run.status],
            )}
          />
        </Link>
      ))}
    </span>
  );
}

'use client';

import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { useRuns } from '@/components/data/queries';
import { useObservable } from '@/components/observable/use-observable';
import { ranWhatBy } from '@/components/runs/ran-what';
import { RunDuration } from '@/components/runs/run-facts';
import { RunMark, StatusText } from '@/components/runs/run-marks';
import { starterName } from '@/components/runs/run-starter';
import { useShowRun } from '@/components/runs/shown-run';
import { useSession } from '@/components/session/session';
import { MonthCost } from '@/components/spending/month-cost';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { formatCost } from '@/components/ui/format';
import type { RunSummary } from '@/lib/runs/contract';

/** Runs of this workflow: one click shows a run on the canvas. */
export function RunsTab() {
  const { workflowId, run } = useSession();
  const shown = useObservable(run, (now) => now?.runId);
  const show = useShowRun();
  const runs = useRuns({ workflowId, limit: 25 });
  const items = runs.data?.pages.flatMap((page) => page.items);
  if (!items) {
    if (runs.error) {
      return (
        <ErrorState
          title="The runs could not be loaded"
          error={runs.error}
          onRetry={() => void runs.refetch()}
        />
      );
    }
    return (
      <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
        {['a', 'b', 'c', 'd'].map((row) => (
          <Skeleton key={row} className="h-10" />
        ))}
      </div>
    );
  }
  if (items.length === 0) {
    return (
      <EmptyState title="No runs yet">
        Rehearse it (test without a model): no key needed, no cost.
      </EmptyState>
    );
  }
  return (
    <>
      <MonthCost by="workflow" id={workflowId} className="px-4 pt-3" />
      <ul className="p-2">
        {items.map((item) => (
          <RunRow
            key={item.id}
            run={item}
            current={item.id === shown}
            onShow={() => show(item.id)}
          />
        ))}
      </ul>
    </>
  );
}

function RunRow({
  run,
  current,
  onShow,
}: {
  run: RunSummary;
  current: boolean;
  onShow: () => void;
}) {
  return (
    <li
      className={cn(
        'group flex items-center rounded-md',
        current ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        onClick={onShow}
        aria-current={current || undefined}
        className="min-w-0 flex-1 px-2 py-2 text-left"
      >
        <span className="flex items-center gap-2">
          <StatusText status={run.status} className="text-sm" />
          <RunMark run={run} />
          <TimeAgo at={run.createdAt} className="ml-auto text-xs text-faint" />
        </span>
        <span className="mt-0.5 flex gap-2 text-xs text-muted tabular">
          {run.draft === undefined ? (
            <>
              <span className="truncate">{starterName(run)}</span>
              {run.version === null ? null : <span>v{run.version}</span>}
            </>
          ) : (
            <span className="truncate">{ranWhatBy(run)}</span>
          )}
          <RunDuration run={run} />
          <span>{formatCost(run.usage.costUsd)}</span>
        </span>
      </button>
      <Link
        href={`/runs/${run.id}`}
        aria-label="Open run page"
        className="mr-1 rounded-sm p-1 text-faint opacity-0 group-hover:opacity-100 hover:text-fg focus-visible:opacity-100"
      >
        <ArrowUpRight className="size-4" aria-hidden />
      </Link>
    </li>
  );
}

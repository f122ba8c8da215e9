'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFailuresByWorkflow, useSpendingByDay } from '@/components/data/figure-queries';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { formatCost, plural } from '@/components/ui/format';
import { sumUsd } from '@/lib/spending/pico';
import { Panel } from './panel';

/** Spend by day and failures by workflow, of the last 30 days: both as high while they load. */
export function MonthPanels() {
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
      <Panel title="Spend, 30 days" all={{ href: '/settings/spending', label: 'Spending' }}>
        <Box>
          <Spend />
        </Box>
      </Panel>
      <Panel
        title="Failures, 30 days"
        all={{ href: '/runs?status=failed', label: 'All failed runs' }}
      >
        <Box>
          <Failures />
        </Box>
      </Panel>
    </div>
  );
}

const Box = ({ children }: { children: ReactNode }) => (
  <div className="flex h-[148px] flex-col overflow-hidden px-4 py-3">{children}</div>
);

type Query = { error: Error | null; refetch: () => unknown };

function Loading({ query, title }: { query: Query; title: string }) {
  if (query.error === null) return <Skeleton className="h-full" />;
  return <ErrorState className="py-2" title={title} onRetry={() => void query.refetch()} />;
}

function Spend() {
  const spending = useSpendingByDay();
  if (spending.data === undefined) {
    return <Loading query={spending} title="The spending could not be loaded" />;
  }
  const { items } = spending.data;
  const total = sumUsd(...items.map(({ costUsd }) => costUsd));
  const most = Math.max(...items.map(({ costUsd }) => costUsd), 1e-12);
  const calls = items.reduce((sum, each) => sum + each.calls, 0);
  return (
    <>
      <p className="text-xl font-semibold tracking-[-0.02em] tabular">{formatCost(total)}</p>
      <p className="text-xs text-faint tabular">{plural(calls, 'model call')}</p>
      <ol aria-label="Spend by day" className="mt-auto flex h-14 items-end gap-px">
        {items.map(({ day, costUsd }) => (
          <li
            key={day}
            title={`${dayName(day)}: ${formatCost(costUsd)}`}
            className="group flex h-full flex-1 items-end"
          >
            <span
              aria-hidden
              className={`block w-full rounded-[1px] ${costUsd > 0 ? 'bg-accent-solid/80 group-hover:bg-accent-solid' : 'bg-border-strong'}`}
              style={{ height: costUsd > 0 ? `max(2px, ${(costUsd / most) * 100}%)` : 1 }}
            />
            <span className="sr-only">
              {dayName(day)}: {formatCost(costUsd)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** A day is one of the person's own zone, whatever zone it is written in. */
const dayName = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'short', timeZone: 'UTC' },
  });

function Failures() {
  const failures = useFailuresByWorkflow();
  if (failures.data === undefined) {
    return <Loading query={failures} title="The failures could not be loaded" />;
  }
  const { items } = failures.data;
  if (items.length === 0) {
    return <p className="m-auto text-muted">No live run failed.</p>;
  }
  const most = Math.max(...items.map(({ failed }) => failed));
  return (
    <ul aria-label="Failures by workflow" className="flex flex-col gap-[5px]">
      {items.map(({ workflow, failed, ended }) => (
        <li key={workflow.id} className="relative flex h-5 items-center gap-3 text-xs">
          <Link
            href={`/runs?status=failed&workflowId=${workflow.id}`}
            className="w-2/5 truncate underline-offset-2 after:absolute after:inset-0 hover:underline"
          >
            {workflow.name}
          </Link>
          <span aria-hidden className="flex-1">
            <span
              className="block h-2 min-w-1 rounded-sm bg-danger/80"
              style={{ width: `${(failed / most) * 100}%` }}
            />
          </span>
          <span className="shrink-0 text-right text-muted tabular">
            {failed} of {ended}
          </span>
        </li>
      ))}
    </ul>
  );
}

'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useStepChildren } from '@/components/data/queries';
import { StatusDot, statusLabel } from '@/components/icons/status-dot';
import { ChildrenProgress } from '@/components/runs/children-progress';
import { isOver } from '@/components/runs/run-marks';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { formatCost, formatDuration } from '@/components/ui/format';
import type { ResultOf } from '@/lib/api/define-route';
import type { listStepChildren, StepView } from '@/lib/runs/contract';
import type { RunStatus } from '@/lib/runs/schema';
import { placeOfChild } from '@/lib/runs/view/child-place';

type Page = ResultOf<typeof listStepChildren>;
type Child = Page['items'][number];

/** The runs that a step started: how far they are, and each with a way to its own page. */
export function StepChildren({ runId, step }: { runId: string; step: StepView }) {
  const [status, setStatus] = useState<RunStatus>();
  const going = step.status === 'waiting';
  const query = useStepChildren({ runId, stepId: step.id }, { going, status });
  const pages = query.data?.pages;
  const items = pages?.flatMap((page) => page.items);
  return (
    <section aria-label="Runs of this step">
      <ChildrenProgress runId={runId} step={step} className="mb-2" />
      <Filter counts={pages?.[0]?.counts ?? {}} chosen={status} onChoose={setStatus} />
      {query.error && !items ? (
        <ErrorState
          title="The runs could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : items ? (
        <Rows items={items} type={step.type} stale={query.isPlaceholderData} />
      ) : (
        <SkeletonRows rows={3} />
      )}
      {query.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1 w-full"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </section>
  );
}

type FilterProps = {
  counts: Page['counts'];
  chosen: RunStatus | undefined;
  onChoose: (status: RunStatus | undefined) => void;
};

/** States that there are, with how many: one that is chosen shows alone. Nothing to choose where all are in one. */
function Filter({ counts, chosen, onChoose }: FilterProps) {
  const found = Object.entries(counts) as [RunStatus, number][];
  if (found.length < 2 && chosen === undefined) return null;
  return (
    <fieldset className="mb-2 flex flex-wrap gap-1" aria-label="Filter by status">
      {found.map(([status, count]) => (
        <button
          key={status}
          type="button"
          aria-pressed={chosen === status}
          onClick={() => onChoose(chosen === status ? undefined : status)}
          className={cn(
            'flex h-6 items-center gap-1.5 rounded-md border px-2 text-xs hover:bg-hover',
            chosen === status ? 'border-accent bg-accent-soft' : 'text-muted',
          )}
        >
          <StatusDot status={status} labelled className="size-3" />
          {statusLabel(status)} <span className="tabular">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Rows({ items, type, stale }: { items: Child[]; type: string; stale: boolean }) {
  if (items.length === 0) return <p className="text-xs text-muted">None yet.</p>;
  return (
    <ol className={cn('divide-y overflow-hidden rounded-md border', stale && 'opacity-60')}>
      {items.map((child) => (
        <li key={child.id}>
          <Link
            href={`/runs/${child.id}`}
            className="flex min-h-8 items-center gap-2 px-2.5 py-1 text-xs -outline-offset-2 hover:bg-hover"
          >
            <StatusDot status={child.status} />
            <span className="shrink-0 text-faint tabular">{placeOfChild(type, child)}</span>
            <span className="min-w-0 flex-1 truncate" title={child.error?.message ?? child.item}>
              {child.error ? (
                <span className="text-danger">{child.error.message}</span>
              ) : (
                child.item
              )}
            </span>
            <span className="shrink-0 text-faint tabular">
              <Took child={child} />
            </span>
            {child.costUsd > 0 ? (
              <span className="shrink-0 text-faint tabular">{formatCost(child.costUsd)}</span>
            ) : null}
            <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
          </Link>
        </li>
      ))}
    </ol>
  );
}

function Took({ child }: { child: Child }) {
  const now = useNow(!isOver(child.status));
  if (child.startedAt === null) return null;
  const end = child.finishedAt === null ? now : Date.parse(child.finishedAt);
  return <>{formatDuration(Math.max(0, end - Date.parse(child.startedAt)))}</>;
}

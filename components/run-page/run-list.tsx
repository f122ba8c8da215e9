'use client';

import {
  Bot,
  CalendarClock,
  ClipboardList,
  Code,
  CornerDownRight,
  FlaskConical,
  Inbox,
  Mail,
  MousePointerClick,
  Play,
  Split,
  Webhook,
} from 'lucide-react';
import Link from 'next/link';
import { useRuns } from '@/components/data/queries';
import { ranWhat, ranWhatBy } from '@/components/runs/ran-what';
import { RunDuration } from '@/components/runs/run-facts';
import { RunMark, StatusText } from '@/components/runs/run-marks';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { formatCost } from '@/components/ui/format';
import type { RunSummary } from '@/lib/runs/contract';
import { RunFilterBar, useRunFilters } from './run-filters';

const triggers = {
  manual: { icon: MousePointerClick, label: 'Manual' },
  api: { icon: Code, label: 'API' },
  chat: { icon: Bot, label: 'Chat' },
  schedule: { icon: CalendarClock, label: 'Schedule' },
  webhook: { icon: Webhook, label: 'Webhook' },
  form: { icon: ClipboardList, label: 'Form' },
  mail: { icon: Inbox, label: 'Email' },
  message: { icon: Mail, label: 'Message' },
  step: { icon: CornerDownRight, label: 'Step' },
  try: { icon: FlaskConical, label: 'Try-out' },
} as const;

/** All runs of the workspace, newest first. */
export function RunList() {
  const filters = useRunFilters();
  const runs = useRuns(filters);
  const items = runs.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Runs"
        actions={
          <Button asChild size="sm" variant="ghost">
            <Link href="/experiments">
              <Split aria-hidden /> Experiments
            </Link>
          </Button>
        }
      />
      <RunFilterBar />
      <PageBody>
        {items === undefined ? (
          runs.error ? (
            <ErrorState
              title="The runs could not be loaded"
              error={runs.error}
              onRetry={() => void runs.refetch()}
            />
          ) : (
            <SkeletonRows rows={8} />
          )
        ) : items.length === 0 ? (
          <NoRuns filtered={filtered} />
        ) : (
          <>
            <RunTable runs={items} stale={runs.isPlaceholderData} />
            {runs.hasNextPage ? (
              <div className="flex justify-center p-4">
                <Button
                  size="sm"
                  loading={runs.isFetchingNextPage}
                  onClick={() => void runs.fetchNextPage()}
                >
                  Load more
                </Button>
              </div>
            ) : null}
          </>
        )}
      </PageBody>
    </>
  );
}

function NoRuns({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      icon={<Play aria-hidden />}
      title="No run matches these filters"
      actions={
        <Button asChild size="sm">
          <Link href="/runs">Clear filters</Link>
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={<Play aria-hidden />}
      title="No runs yet"
      actions={
        <Button asChild variant="primary" size="sm">
          <Link href="/workflows">Choose a workflow</Link>
        </Button>
      }
    >
      Open a workflow and press Run, or Rehearse (test without a model): no key needed, no cost.
    </EmptyState>
  );
}

function RunTable({ runs, stale }: { runs: RunSummary[]; stale: boolean }) {
  return (
    <Table
      aria-label="Runs"
      className={cn('table-fixed transition-opacity', stale && 'opacity-60')}
    >
      <TableHead className="sticky top-0 z-10 bg-surface">
        <tr>
          <HeadCell className="w-[34%] max-sm:w-auto">Workflow</HeadCell>
          <HeadCell className="w-32 max-sm:w-28">Status</HeadCell>
          <HeadCell className="hidden w-28 lg:table-cell">Trigger</HeadCell>
          <HeadCell className="hidden w-40 xl:table-cell">Started by</HeadCell>
          <HeadCell className="w-24 text-right max-sm:hidden">Duration</HeadCell>
          <HeadCell className="w-20 text-right max-sm:hidden">Cost</HeadCell>
          <HeadCell className="w-28 text-right max-sm:w-20">Started</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const trigger = triggers[run.trigger];
  const what = ranWhat(run);
  return (
    <TableRow className="relative">
      <Cell>
        <span className="flex min-w-0 items-center gap-x-2 gap-y-0.5 max-lg:flex-wrap max-lg:py-1">
          <Link
            href={`/runs/${run.id}`}
            className="min-w-0 truncate font-medium after:absolute after:inset-0 max-lg:w-full"
            title={run.error?.message}
          >
            {run.only ? `${run.workflowName}: ${run.only.name}` : run.workflowName}
          </Link>
          {what === undefined ? null : (
            <Badge
              tone={run.draft === undefined ? 'neutral' : 'outline'}
              title={ranWhatBy(run)}
              className="shrink-0"
            >
              {what}
            </Badge>
          )}
          <RunMark run={run} />
        </span>
      </Cell>
      <Cell>
        <StatusText status={run.status} />
      </Cell>
      <Cell className="hidden text-muted lg:table-cell">
        <span className="inline-flex items-center gap-2 align-middle">
          <trigger.icon className="size-3.5 text-faint" aria-hidden /> {trigger.label}
        </span>
      </Cell>
      <Cell className="hidden truncate text-muted xl:table-cell">{run.startedBy ?? '–'}</Cell>
      <Cell className="text-right text-muted tabular max-sm:hidden">
        <RunDuration run={run} />
      </Cell>
      <Cell className="text-right text-muted tabular max-sm:hidden">
        {formatCost(run.usage.costUsd)}
      </Cell>
      <Cell className="text-right text-xs text-faint tabular">
        <TimeAgo at={run.createdAt} />
      </Cell>
    </TableRow>
  );
}

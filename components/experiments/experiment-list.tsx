'use client';

import { Split } from 'lucide-react';
import Link from 'next/link';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { ExperimentSummary } from '@/lib/experiments/contract';
import { goalTitles, targetText } from '@/lib/experiments/words';
import { useExperiments } from './queries';
import { StateBadge } from './state-badge';

/** All experiments of the workspace. */
export function ExperimentList() {
  const experiments = useExperiments();
  const items = experiments.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader title="Experiments" parent={{ href: '/runs', label: 'Runs' }} />
      <PageBody>
        {items === undefined ? (
          experiments.error ? (
            <ErrorState
              title="The experiments could not be loaded"
              error={experiments.error}
              onRetry={() => void experiments.refetch()}
            />
          ) : (
            <SkeletonRows rows={4} />
          )
        ) : items.length === 0 ? (
          <EmptyState
            icon={<Split />}
            title="No experiments yet"
            actions={
              <Button asChild size="sm">
                <Link href="/workflows">Open a workflow</Link>
              </Button>
            }
          >
            Select a step that asks a model, or open an agent, and start one there: two variants
            side by side, each with a share of the tasks.
          </EmptyState>
        ) : (
          <ExperimentTable items={items} />
        )}
        {experiments.hasNextPage ? (
          <div className="flex justify-center p-4">
            <Button
              size="sm"
              loading={experiments.isFetchingNextPage}
              onClick={() => void experiments.fetchNextPage()}
            >
              Load more
            </Button>
          </div>
        ) : null}
      </PageBody>
    </>
  );
}

function ExperimentTable({ items }: { items: ExperimentSummary[] }) {
  return (
    <Table aria-label="Experiments">
      <TableHead>
        <tr>
          <HeadCell>Experiment</HeadCell>
          <HeadCell>Of</HeadCell>
          <HeadCell className="max-lg:hidden">Goal</HeadCell>
          <HeadCell>Reading</HeadCell>
          <HeadCell className="max-sm:hidden">Tasks</HeadCell>
          <HeadCell className="max-lg:hidden">Started</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {items.map((each) => (
          <TableRow key={each.id}>
            <Cell>
              <span className="flex items-center gap-2">
                <Link className="font-medium hover:underline" href={`/experiments/${each.id}`}>
                  {each.name}
                </Link>
                <StateBadge state={each.state} />
              </span>
            </Cell>
            <Cell className="text-muted">{targetText(each)}</Cell>
            <Cell className="text-muted max-lg:hidden">{goalTitles[each.goal]}</Cell>
            <Cell>
              {each.decided === null ? 'Too early to tell' : `${each.decided.winner} wins`}
            </Cell>
            <Cell className="tabular max-sm:hidden">{each.tasks}</Cell>
            <Cell className="whitespace-nowrap text-muted max-lg:hidden">
              <TimeAgo at={each.startedAt} />
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { useWorkflows } from '@/components/data/queries';
import { StatusDot } from '@/components/icons/status-dot';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { WorkflowSummary } from '@/lib/workflows/contract';

/** The workspace's workflows, last changed first; each opens in place of this one. */
export function WorkflowTree() {
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const canEdit = useCanEdit();
  const { create, pending } = useNewWorkflow();
  return (
    <div data-shortcuts="off" className="flex min-h-0 flex-1 flex-col">
      <div className="flex gap-1.5 p-2">
        <Input
          type="search"
          fieldSize="sm"
          aria-label="Search workflows"
          placeholder="Search workflows…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {canEdit ? (
          <Button size="sm" loading={pending} onClick={create} aria-label="New workflow">
            <Plus aria-hidden />
          </Button>
        ) : null}
      </div>
      <Rows q={q} />
    </div>
  );
}

function Rows({ q }: { q: string }) {
  const { workflowId } = useSession();
  const workflows = useWorkflows(q);
  const items = workflows.data?.pages.flatMap((page) => page.items);
  if (!items) {
    return workflows.error ? (
      <ErrorState
        title="The workflows could not be loaded"
        error={workflows.error}
        onRetry={() => void workflows.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading workflows" className="flex flex-col gap-1.5 px-2">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <Skeleton key={row} className="h-9" />
        ))}
      </div>
    );
  }
  if (items.length === 0) {
    return <p className="px-3 py-6 text-center text-sm text-muted">No workflow is called “{q}”.</p>;
  }
  return (
    <nav aria-label="Workflows" className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2">
      <ul>
        {items.map((item) => (
          <Row key={item.id} item={item} current={item.id === workflowId} />
        ))}
      </ul>
      {workflows.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1 w-full"
          loading={workflows.isFetchingNextPage}
          onClick={() => void workflows.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </nav>
  );
}

function Row({ item, current }: { item: WorkflowSummary; current: boolean }) {
  // The open one's name is the document's: it changes as somebody types.
  const openName = useGraph((graph) => graph.name);
  const last = item.lastRuns[0];
  return (
    <li>
      <Link
        href={`/workflows/${item.id}`}
        aria-current={current ? 'page' : undefined}
        className={cn(
          'flex items-center gap-2 rounded-md px-2 py-1',
          current ? 'bg-active' : 'hover:bg-hover',
        )}
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm">{current ? openName : item.name}</span>
          <span className="flex gap-1.5 text-xs text-faint">
            {item.liveVersion === null ? 'Draft' : `v${item.liveVersion}`}
            <span aria-hidden>·</span>
            <TimeAgo at={item.updatedAt} className="truncate tabular" />
          </span>
        </span>
        {last ? <StatusDot status={last.status} /> : null}
      </Link>
    </li>
  );
}

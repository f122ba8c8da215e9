'use client';

import { GitCompareArrows, GitFork } from 'lucide-react';
import Link from 'next/link';
import { useRuns } from '@/components/data/queries';
import { StatusDot } from '@/components/icons/status-dot';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { RunView } from '@/lib/runs/contract';

const link = 'font-medium text-accent hover:underline';

/** The run that a run came from, and those that came from it, each with a way to compare. Nothing without any. */
export function Lineage({ run }: { run: RunView }) {
  const forks = useRuns({ forkedFrom: run.id, limit: 20 });
  const items = forks.data?.pages.flatMap((page) => page.items) ?? [];
  if (!run.forkedFrom && items.length === 0) return null;
  return (
    <ul
      aria-label="Related runs"
      className="flex flex-wrap gap-x-6 gap-y-1 border-b bg-bg px-4 py-1.5 text-xs text-muted"
    >
      {run.forkedFrom ? (
        <li className="flex items-center gap-1.5">
          <GitFork className="size-3.5" aria-hidden /> Replay of{' '}
          <Link href={`/runs/${run.forkedFrom}`} className={link}>
            run {run.forkedFrom.slice(0, 8)}
          </Link>
          <Compare a={run.forkedFrom} b={run.id} />
        </li>
      ) : null}
      {items.map((fork) => (
        <li key={fork.id} className="flex items-center gap-1.5">
          <StatusDot status={fork.status} className="size-3" /> Replay{' '}
          <Link href={`/runs/${fork.id}`} className={link}>
            run {fork.id.slice(0, 8)}
          </Link>
          <span className="text-faint">
            {fork.startedBy ? `${fork.startedBy}, ` : ''}
            <TimeAgo at={fork.createdAt} />
          </span>
          <Compare a={run.id} b={fork.id} />
        </li>
      ))}
      {forks.hasNextPage ? <li>and more</li> : null}
    </ul>
  );
}

function Compare({ a, b }: { a: string; b: string }) {
  return (
    <Link
      href={`/runs/compare?a=${a}&b=${b}`}
      className="inline-flex items-center gap-1 rounded-sm px-1 text-muted hover:bg-hover hover:text-fg"
    >
      <GitCompareArrows className="size-3.5" aria-hidden /> Compare
    </Link>
  );
}

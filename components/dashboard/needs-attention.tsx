'use client';

import Link from 'next/link';
import { StatusDot } from '@/components/icons/status-dot';
import { RunMark } from '@/components/runs/run-marks';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { RunSummary } from '@/lib/runs/contract';
import { Panel } from './panel';

/** Failures of the last days that nothing has made good since. */
export function NeedsAttention({ runs }: { runs: RunSummary[] }) {
  if (runs.length === 0) return null;
  return (
    <Panel
      title="Needs attention"
      count={runs.length}
      all={{ href: '/runs?status=failed', label: 'All failed runs' }}
    >
      <ul aria-label="Needs attention">
        {runs.slice(0, 6).map((run) => (
          <li
            key={run.id}
            className="relative flex min-h-12 items-center gap-3 border-b px-4 py-1.5 last:border-b-0 hover:bg-hover/60"
          >
            <StatusDot status="failed" />
            <div className="min-w-0 flex-1">
              <div className="flex items-center gap-2">
                <Link
                  href={`/runs/${run.id}`}
                  className="min-w-0 truncate font-medium after:absolute after:inset-0"
                >
                  {run.workflowName}
                </Link>
                <RunMark run={run} />
              </div>
              <p className="truncate text-xs text-danger">
                {run.error?.message ?? 'It failed without an error message.'}
              </p>
            </div>
            <TimeAgo at={run.createdAt} className="shrink-0 text-xs text-faint tabular" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

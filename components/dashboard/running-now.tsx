'use client';

import Link from 'next/link';
import { StatusDot, statusLabel } from '@/components/icons/status-dot';
import { RunDuration } from '@/components/runs/run-facts';
import { RunMark } from '@/components/runs/run-marks';
import { useRunProgress } from '@/components/runs/use-live-run';
import { Progress } from '@/components/ui/display/progress';
import { plural } from '@/components/ui/format';
import type { RunSummary } from '@/lib/runs/contract';
import { Panel } from './panel';

/** How many runs are followed step by step at once. */
const maxFollowed = 6;

/** Runs that go on now, with the step that they are at. */
export function RunningNow({ runs }: { runs: RunSummary[] }) {
  if (runs.length === 0) return null;
  return (
    <Panel title="Running now" count={runs.length} all={{ href: '/runs', label: 'All runs' }}>
      <ul aria-label="Running now">
        {runs.slice(0, maxFollowed).map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </ul>
      {runs.length > maxFollowed ? (
        <p className="border-t px-4 py-2 text-xs text-faint">
          and {plural(runs.length - maxFollowed, 'more run')}
        </p>
      ) : null}
    </Panel>
  );
}

function Row({ run }: { run: RunSummary }) {
  const { status, done, total, current } = useRunProgress(run.id, run.status);
  return (
    <li className="relative flex h-13 items-center gap-3 border-b px-4 last:border-b-0 hover:bg-hover/60">
      <StatusDot status={status} />
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
        <p className="truncate text-xs text-faint">
          {current.length > 0 ? current.join(', ') : statusLabel(status)}
        </p>
      </div>
      <div className="w-28 shrink-0 space-y-1 max-sm:hidden">
        <Progress
          value={total === 0 ? 0 : done / total}
          label={`${run.workflowName}: ${done} of ${total} steps`}
        />
        <p className="text-2xs text-faint tabular">
          {total === 0 ? ' ' : `${done} of ${plural(total, 'step')}`}
        </p>
      </div>
      <span className="w-20 shrink-0 text-right text-xs whitespace-nowrap text-muted tabular">
        <RunDuration run={run} />
      </span>
    </li>
  );
}

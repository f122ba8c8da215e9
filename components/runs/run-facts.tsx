'use client';

import type { ReactNode } from 'react';
import { TimeAgo, useNow } from '@/components/ui/display/time-ago';
import { formatCost, formatCount, formatDuration } from '@/components/ui/format';
import type { RunSummary, RunView } from '@/lib/runs/contract';
import { progressOf } from '@/lib/runs/view/progress';
import { ranWhatBy } from './ran-what';
import { isOver } from './run-marks';
import { startedHow } from './run-starter';

/** The figures of a run in one row. */
export function RunFacts({ run }: { run: RunView }) {
  const { inputTokens, outputTokens, costUsd } = run.usage;
  const what = ranWhatBy(run);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 border-b px-4 py-2.5">
      <Fact name="Started">
        {startedHow(run)}, <TimeAgo at={run.createdAt} />
      </Fact>
      <Fact name="Duration">
        <RunDuration run={run} />
      </Fact>
      <Fact name="Steps">{progressOf(run.status, run.steps)}</Fact>
      <Fact name="Tokens">
        {formatCount(inputTokens)} in, {formatCount(outputTokens)} out
      </Fact>
      <Fact name="Cost">{formatCost(costUsd)}</Fact>
      {what === undefined ? null : <Fact name="Version">{what}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-2xs text-faint">{name}</dt>
      <dd className="text-sm tabular">{children}</dd>
    </div>
  );
}

/** How long a run took, or takes so far. */
export function RunDuration({
  run,
}: {
  run: Pick<RunSummary, 'status' | 'startedAt' | 'finishedAt'>;
}) {
  const now = useNow(!isOver(run.status));
  if (!run.startedAt) return <span className="text-faint">–</span>;
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  return <>{formatDuration(end - Date.parse(run.startedAt))}</>;
}

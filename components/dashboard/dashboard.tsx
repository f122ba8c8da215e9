'use client';

import { isOver } from '@/components/runs/run-marks';
import { useActor } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/display/error-state';
import { useNow } from '@/components/ui/display/time-ago';
import { UnsavedLine } from '@/components/unsaved/unsaved-line';
import { AgentsPanel } from './agents-panel';
import { needAttention } from './figures';
import { FiguresStrip } from './figures-strip';
import { FirstSession } from './first-session';
import { NeedsAttention } from './needs-attention';
import { QuickActions } from './quick-actions';
import { RunningNow } from './running-now';
import { useRecentRuns } from './use-recent-runs';
import { WaitingForYou } from './waiting-for-you';
import { WorkflowsPanel } from './workflows-panel';

/** What one wants to see first in the morning. */
export function Dashboard() {
  const recent = useRecentRuns();
  const now = useNow(false);
  const runs = recent.data?.runs ?? [];
  return (
    <>
      <PageHeader title="Dashboard" />
      <PageBody>
        <div className="mx-auto max-w-[1180px] space-y-6 px-4 py-6 sm:px-6">
          <div className="space-y-2">
            <Greeting />
            <UnsavedLine />
          </div>
          <FirstSession recent={recent.data} />
          {recent.error && !recent.data ? (
            <ErrorState
              className="rounded-lg border py-8"
              title="The runs could not be loaded"
              error={recent.error}
              onRetry={() => void recent.refetch()}
            />
          ) : (
            <FiguresStrip recent={recent.data} />
          )}
          <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_280px]">
            <div className="space-y-6">
              <WaitingForYou />
              <RunningNow runs={runs.filter((run) => !isOver(run.status))} />
              <NeedsAttention runs={needAttention(runs, now || Date.now())} />
              <WorkflowsPanel />
            </div>
            <div className="space-y-6">
              <QuickActions />
              <AgentsPanel />
            </div>
          </div>
        </div>
      </PageBody>
    </>
  );
}

function Greeting() {
  const { name } = useActor();
  const now = useNow(false);
  const hour = now === 0 ? undefined : new Date(now).getHours();
  const part =
    hour === undefined || hour < 5
      ? 'Hello'
      : hour < 12
        ? 'Good morning'
        : hour < 18
          ? 'Good afternoon'
          : 'Good evening';
  return (
    <p className={cn('text-xl font-semibold tracking-[-0.015em]', now === 0 && 'opacity-0')}>
      {part}, {name.split(/\s+/)[0]}
    </p>
  );
}

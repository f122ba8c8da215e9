'use client';

import { useEffect, useState } from 'react';
import { useInvitations, useMembers } from '@/components/data/people-queries';
import { useProviders, useWorkflows } from '@/components/data/queries';
import { useApprovals } from '@/components/data/tool-queries';
import { useWaiting } from '@/components/notifications/queries';
import { isOver } from '@/components/runs/run-marks';
import { useActor, useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { UnsavedLine } from '@/components/unsaved/unsaved-later';
import { AgentsPanel } from './agents-panel';
import { needAttention } from './figures';
import { FiguresStrip } from './figures-strip';
import { FirstSession } from './first-session';
import { MonthPanels } from './month-panels';
import { NeedsAttention } from './needs-attention';
import { QuickActions } from './quick-actions';
import { RunningNow } from './running-now';
import { useRecentRuns } from './use-recent-runs';
import { WaitingForYou } from './waiting-for-you';
import { WorkflowsPanel } from './workflows-panel';

/** What one wants to see first in the morning. */
export function Dashboard() {
  const recent = useRecentRuns();
  const settled = useSettled(recent.isPending);
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
          {settled ? (
            <>
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
                  <MonthPanels />
                  <WorkflowsPanel />
                </div>
                <div className="space-y-6">
                  <QuickActions />
                  <AgentsPanel />
                </div>
              </div>
            </>
          ) : (
            <LoadingDashboard />
          )}
        </div>
      </PageBody>
    </>
  );
}

/**
 * Whether all is known that decides which parts there are: until then none is drawn, so that nothing moves under somebody's
 * hand when another one comes in above it.
 */
function useSettled(pending: boolean): boolean {
  const manages = useCan('members.manage');
  const waiting = useWaiting().isPending;
  const approvals = useApprovals().isPending;
  const workflows = useWorkflows().isPending;
  const members = useMembers().isPending;
  const invitations = useInvitations(manages).isLoading;
  const models = useProviders().isPending;
  const known = ![pending, waiting, approvals, workflows, members, invitations, models].some(
    Boolean,
  );
  // A part that asks again what failed does not take the others away.
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (known) setSettled(true);
  }, [known]);
  return settled || known;
}

function LoadingDashboard() {
  return (
    <div role="status" aria-label="Loading dashboard" className="space-y-6">
      <Skeleton className="h-[74px] rounded-lg" />
      <Skeleton className="h-[150px] rounded-lg" />
      <Skeleton className="h-[150px] rounded-lg" />
    </div>
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

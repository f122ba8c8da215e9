'use client';

import { Compass, X } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '@/components/data/call';
import { DebuggerBar } from '@/components/debugger/debugger-bar';
import { RunAgainFromHere } from '@/components/debugger/fork-buttons';
import { Lineage } from '@/components/debugger/lineage';
import { useReadOfRun } from '@/components/notifications/queries';
import { FailureBox } from '@/components/runs/failure-box';
import { ResultTools } from '@/components/runs/result';
import { RunFacts } from '@/components/runs/run-facts';
import { RunMark, StatusBadge } from '@/components/runs/run-marks';
import { useJournal } from '@/components/runs/use-journal';
import { type LiveRun, useLiveRun } from '@/components/runs/use-live-run';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { RunView } from '@/lib/runs/contract';
import { type Attempt, attemptsOf } from '@/lib/runs/view/attempts';
import { EventLog } from './event-log';
import { ParentLink } from './parent-link';
import { ResultPanel, RunInput } from './result-panel';
import { RunActions } from './run-actions';
import { RunGraph } from './run-graph';
import { StepDetail } from './step-detail';
import { Timeline } from './timeline';

/** One run, live: graph, timeline, result, steps and journal. */
export function RunPage({ id }: { id: string }) {
  const live = useLiveRun(id);
  const { run, error } = live;
  if (run) return <Loaded run={run} live={live} />;
  return (
    <>
      <PageHeader title={error ? 'Run' : 'Loading…'} parent={{ href: '/runs', label: 'Runs' }} />
      <PageBody>
        {ApiError.isInstance(error) && error.status === 404 ? (
          <EmptyState
            icon={<Compass aria-hidden />}
            title="Run not found"
            actions={
              <Button size="sm" asChild>
                <Link href="/runs">All runs</Link>
              </Button>
            }
          >
            It was deleted, it belongs to another workspace, or the link is incomplete.
          </EmptyState>
        ) : error ? (
          <ErrorState title="The run could not be loaded" error={error} onRetry={live.reload} />
        ) : (
          <LoadingRun />
        )}
      </PageBody>
    </>
  );
}

function LoadingRun() {
  return (
    <div role="status" aria-label="Loading run">
      <div className="flex gap-8 border-b px-4 py-3">
        {['a', 'b', 'c', 'd'].map((each) => (
          <Skeleton key={each} className="h-8 w-24" />
        ))}
      </div>
      <div className="h-40 border-b bg-bg" />
      <div className="space-y-3 p-4">
        <Skeleton className="h-4 w-3/4" />
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-4 w-1/2" />
      </div>
    </div>
  );
}

/** The workflow, and its step where only that ran. */
const titleOf = ({ workflowName, only }: RunView) =>
  only ? `${workflowName}: ${only.name}` : workflowName;

function Loaded({ run, live }: { run: RunView; live: LiveRun }) {
  const requested = useSearchParams().get('step');
  const [selected, setSelected] = useState(requested ?? undefined);
  // Where it failed stands open, unless somebody looks at another step.
  const failed = run.steps.find(({ status }) => status === 'failed')?.id;
  const failedAt = run.status === 'failed' ? failed : undefined;
  useEffect(() => {
    if (failedAt !== undefined) setSelected((now) => now ?? failedAt);
  }, [failedAt]);
  useReadOfRun(
    run.id,
    run.status === 'failed' || run.steps.some(({ status }) => status === 'waiting'),
  );
  const journal = useJournal(run.id, run.seq);
  const attempts = useMemo(() => attemptsOf(journal.events), [journal.events]);
  const names = useMemo(() => new Map(run.steps.map((step) => [step.id, step.name])), [run.steps]);
  const toggle = (stepId: string) => setSelected((now) => (now === stepId ? undefined : stepId));
  return (
    <>
      <PageHeader
        parent={{ href: '/runs', label: 'Runs' }}
        title={titleOf(run)}
        marks={
          <>
            <StatusBadge status={run.status} />
            <RunMark run={run} />
          </>
        }
        actions={<RunActions run={run} />}
      />
      {run.parent ? <ParentLink parent={run.parent} /> : null}
      <RunFacts run={run} />
      {run.status === 'queued' ? (
        <p role="status" className="border-b bg-info-soft px-4 py-2 text-sm">
          Waiting for its place in the queue: it starts as soon as a worker is free.
        </p>
      ) : null}
      <Lineage run={run} />
      <DebuggerBar rootId={run.parent?.rootId ?? run.id} pageId={run.id} chosen={selected} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto lg:overflow-hidden">
        {run.error ? (
          <div className="shrink-0 border-b px-4 py-3">
            <FailureBox failure={run.error} title="The run failed" />
          </div>
        ) : null}
        <RunGraph
          runId={run.id}
          plan={live.plan}
          run={run}
          steps={run.steps}
          selected={selected}
          onSelect={toggle}
        />
        <div className="flex shrink-0 flex-col lg:min-h-0 lg:flex-1 lg:flex-row">
          <div className="min-w-0 lg:flex-1 lg:overflow-y-auto">
            <Tabs defaultValue="timeline">
              <TabsList className="px-4" aria-label="Views of the run">
                <Tab value="timeline">Timeline</Tab>
                <Tab value="events" count={run.seq}>
                  Event log
                </Tab>
                <Tab value="input">Input</Tab>
              </TabsList>
              <TabPanel value="timeline">
                <Timeline
                  run={run}
                  plan={live.plan}
                  attempts={attempts}
                  retryAt={live.retryAt}
                  selected={selected}
                  onSelect={toggle}
                />
              </TabPanel>
              <TabPanel value="events">
                <EventLog
                  events={journal.events}
                  complete={journal.complete}
                  names={names}
                  startedAt={Date.parse(run.createdAt)}
                />
              </TabPanel>
              <TabPanel value="input" className="p-4">
                <RunInput value={run.input} />
              </TabPanel>
            </Tabs>
          </div>
          <SidePane
            run={run}
            live={live}
            selected={selected}
            attempts={attempts}
            onClose={() => setSelected(undefined)}
          />
        </div>
      </div>
    </>
  );
}

type SidePaneProps = {
  run: RunView;
  live: LiveRun;
  selected: string | undefined;
  attempts: Record<string, Attempt[]>;
  onClose: () => void;
};

/** The result of the run, or all about the chosen step. */
function SidePane({ run, live, selected, attempts, onClose }: SidePaneProps) {
  const step = run.steps.find((each) => each.id === selected);
  return (
    <section
      aria-label={step ? `Step ${step.name}` : 'Result'}
      className="flex min-h-28 shrink-0 flex-col border-t max-lg:order-first max-lg:border-t-0 max-lg:border-b lg:min-h-0 lg:w-[44%] lg:max-w-[640px] lg:border-t-0 lg:border-l"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-medium">
          {step ? step.name : 'Result'}
        </h2>
        {step ? <RunAgainFromHere run={run} step={step} /> : null}
        {step ? (
          <IconButton label="Back to the result" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        ) : run.output === undefined ? null : (
          <ResultTools value={run.output} name={run.workflowName} runId={run.id} />
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div tabIndex={0} className="min-h-0 flex-1 lg:overflow-y-auto">
        {step ? (
          <StepDetail
            key={step.id}
            step={step}
            attempts={attempts[step.id] ?? []}
            stream={live.streams[step.id]}
            retryAt={live.retryAt[step.id]}
            runId={run.id}
          />
        ) : (
          <ResultPanel run={run} streams={live.streams} />
        )}
      </div>
    </section>
  );
}

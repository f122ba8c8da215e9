'use client';

import { ArrowUpRight, ChevronDown, ChevronUp, RotateCcw, Square, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useCancelRun } from '@/components/data/queries';
import { DebuggerBar } from '@/components/debugger/debugger-bar';
import { useFork } from '@/components/debugger/queries';
import { useObservable } from '@/components/observable/use-observable';
import { PauseButton } from '@/components/runs/pause-button';
import { isOver, RunMark, StatusText } from '@/components/runs/run-marks';
import { useShowRun } from '@/components/runs/shown-run';
import { seenOf } from '@/components/session/seen';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ResizeHandle, usePanelSize } from '@/components/ui/controls/panel-size';
import { toastError } from '@/components/ui/controls/toast';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Skeleton } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { formatCost, formatCount, formatDuration } from '@/components/ui/format';
import { later } from '@/components/ui/later';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { RunState } from '@/lib/runs/schema';
import { progressOf } from '@/lib/runs/view/progress';

/** What stopped and how it goes on needs more room than what has finished. */
const debuggerHeight = 96;

/** The run that the canvas shows, step by step; it stays open while one edits. */
export function RunConsole() {
  const { run } = useSession();
  const runId = useObservable(run, (shown) => shown?.runId);
  const state = useObservable(run, (shown) => shown?.state);
  const size = usePanelSize('ensemble.console-height', 264, 140, 640);
  const [open, setOpen] = useState(true);
  if (runId === undefined) return null;
  const debugged = state?.debug !== undefined && !isOver(state.status);
  return (
    <section
      aria-label="Run"
      data-tour="result"
      className="relative flex shrink-0 flex-col border-t bg-surface"
      style={{ height: open ? size.value + (debugged ? debuggerHeight : 0) : undefined }}
    >
      {open ? <ResizeHandle size={size} edge="top" label="Height of the run console" /> : null}
      <ConsoleHead runId={runId} state={state} open={open} onToggle={() => setOpen(!open)} />
      {state?.debug ? <ConsoleDebugger runId={runId} state={state} /> : null}
      {open ? state ? <ConsoleBody state={state} /> : <Loading /> : null}
    </section>
  );
}

function ConsoleDebugger({ runId, state }: { runId: string; state: RunState }) {
  const chosen = useLocal((local) => (local.nodes.size === 1 ? [...local.nodes][0] : undefined));
  const stepId = chosen === undefined ? undefined : stepIdOf(state, chosen);
  return <DebuggerBar rootId={runId} chosen={stepId} />;
}

/** Its code comes after the canvas: a run is shown once one was started. */
const ConsoleBody = later<{ state: RunState }>(
  () => import('./console-body').then((found) => found.ConsoleBody),
  Loading,
);

function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2 p-4">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="h-4 w-40" />
    </div>
  );
}

type HeadProps = {
  runId: string;
  state: RunState | undefined;
  open: boolean;
  onToggle: () => void;
};

function ConsoleHead({ runId, state, open, onToggle }: HeadProps) {
  const show = useShowRun();
  const cancel = useCancelRun();
  const mayCancel = useCan('runs.cancel');
  const going = state !== undefined && !isOver(state.status);
  return (
    <header className="flex h-10 shrink-0 items-center gap-3 border-b px-3 whitespace-nowrap max-sm:gap-1.5">
      {state ? <StatusText status={state.status} className="text-sm font-medium" /> : 'Run'}
      {state ? <RunMark run={state} /> : null}
      {state ? <Figures state={state} /> : null}
      <div className="flex-1" />
      {state ? <PauseButton runId={runId} status={state.status} brief /> : null}
      {going && mayCancel ? (
        <Button
          size="sm"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(runId, {
              onError: (error) => toastError('The run was not cancelled', error),
            })
          }
        >
          <Square aria-hidden className="!size-3 fill-current" />
          <span className="max-sm:sr-only">Cancel</span>
        </Button>
      ) : null}
      {state?.status === 'failed' ? <RetryHere runId={runId} /> : null}
      <Button asChild size="sm" variant="ghost">
        <Link href={`/runs/${runId}`}>
          <span className="max-sm:sr-only">Run page</span> <ArrowUpRight aria-hidden />
        </Link>
      </Button>
      <IconButton
        label={open ? 'Collapse' : 'Expand'}
        size="sm"
        aria-expanded={open}
        onClick={onToggle}
      >
        {open ? <ChevronDown /> : <ChevronUp />}
      </IconButton>
      <IconButton label="Hide run" size="sm" onClick={() => show(undefined)}>
        <X />
      </IconButton>
    </header>
  );
}

/** What failed runs again, with what the draft says now where this person may run it; the canvas follows. */
function RetryHere({ runId }: { runId: string }) {
  const session = useSession();
  const show = useShowRun();
  const fork = useFork();
  const canEdit = useCanEdit();
  const mayStart = useCan('runs.start');
  if (!mayStart) return null;
  const how = canEdit ? { version: 'draft' as const, stateVector: seenOf(session) } : {};
  return (
    <Tooltip label="Finished steps are reused, the rest runs again as the draft is now">
      <Button
        size="sm"
        variant="primary"
        loading={fork.isPending}
        onClick={() => fork.mutate({ runId, ...how }, { onSuccess: ({ id }) => show(id) })}
      >
        {fork.isPending ? null : <RotateCcw aria-hidden />} Retry
      </Button>
    </Tooltip>
  );
}

function Figures({ state }: { state: RunState }) {
  const now = useNow(!isOver(state.status));
  const { inputTokens, outputTokens, costUsd } = state.usage;
  const end = state.finishedAt ?? now;
  const steps = Object.values(state.steps);
  return (
    <p
      className={cn(
        'flex min-w-0 gap-3 overflow-hidden text-xs whitespace-nowrap text-muted tabular',
        // On a phone, what one can do with a run that goes on takes their room.
        !isOver(state.status) && 'max-sm:hidden',
      )}
    >
      <span>{progressOf(state.status, steps, state.plan.steps.length)}</span>
      {state.status === 'queued' ? <span>Waiting for a free worker</span> : null}
      {state.startedAt === undefined ? null : <span>{formatDuration(end - state.startedAt)}</span>}
      <span>{formatCost(costUsd)}</span>
      {inputTokens + outputTokens > 0 ? (
        <span>{formatCount(inputTokens + outputTokens)} tokens</span>
      ) : null}
    </p>
  );
}

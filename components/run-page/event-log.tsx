'use client';

import { Skeleton } from '@/components/ui/display/skeleton';
import type { RunEvent } from '@/lib/runs/schema';

const words: Record<RunEvent['type'], string> = {
  RunStarted: 'Run started',
  StepReady: 'Ready',
  StepStarted: 'Started',
  StepSucceeded: 'Succeeded',
  StepRetryScheduled: 'Failed, will retry',
  StepFailed: 'Failed',
  StepWaiting: 'Waiting',
  StepResumed: 'Continued',
  StepReused: 'Result reused',
  StepLost: 'Worker lost, will run again',
  StepSkipped: 'Skipped',
  StepCancelled: 'Cancelled',
  StepSpent: 'Cost added later',
  RunPaused: 'Run paused',
  RunResumed: 'Run continued',
  DebugSet: 'Breakpoints set',
  RunFailing: 'Run is failing; “On error” steps start',
  RunCancelRequested: 'Cancel requested',
  RunSucceeded: 'Run succeeded',
  RunFailed: 'Run failed',
  RunCancelled: 'Run cancelled',
};

type Props = {
  events: readonly RunEvent[];
  /** All that there are have come. */
  complete: boolean;
  names: Map<string, string>;
  startedAt: number;
};

/** The journal of a run: everything that happened, in order, without a gap. */
export function EventLog({ events, complete, names, startedAt }: Props) {
  if (events.length === 0 && complete) {
    return (
      <p className="p-4 text-muted">
        This run ended long ago. Its event log was removed; its results are kept.
      </p>
    );
  }
  if (events.length === 0) {
    return (
      <div className="space-y-2 p-4" role="status" aria-label="Loading events">
        <Skeleton className="h-3 w-72" />
        <Skeleton className="h-3 w-60" />
        <Skeleton className="h-3 w-80" />
      </div>
    );
  }
  return (
    <ol aria-label="Event log" className="py-1 text-xs">
      {events.map((event) => (
        <li
          key={event.seq}
          className="flex min-h-6 items-baseline gap-3 px-4 py-0.5 hover:bg-hover/60"
        >
          <span className="w-8 shrink-0 text-right text-faint tabular">{event.seq}</span>
          <span className="w-18 shrink-0 text-right text-faint tabular">
            +{((event.at - startedAt) / 1_000).toFixed(3)} s
          </span>
          <span className="min-w-0">
            {'stepId' in event && event.stepId ? (
              <span className="text-muted">{names.get(event.stepId) ?? event.stepId} · </span>
            ) : null}
            {words[event.type]}
            <Note event={event} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Note({ event }: { event: RunEvent }) {
  const note = noteOf(event);
  return note ? <span className="text-faint"> · {note}</span> : null;
}

function noteOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'StepStarted':
      return event.attempt > 1 ? `attempt ${event.attempt}` : undefined;
    case 'StepRetryScheduled':
    case 'StepFailed':
    case 'RunFailed':
      return event.error.message;
    case 'StepSucceeded':
    case 'StepSkipped':
      return event.reason;
    case 'RunCancelRequested':
    case 'RunCancelled':
      return `by ${event.by}`;
    default:
      return undefined;
  }
}

import { isEnded, readySteps } from '@/lib/runs/engine/readiness';
import type { RunEvent, RunStatus } from '@/lib/runs/schema';
import type { Bus } from '@/server/bus/bus';
import type { RunQueue } from '@/server/queue/run-queue';
import { shownRound } from '@/server/runs/journal/child-rows';
import type { StoredRun } from '@/server/runs/journal/store';

const maxDelayMs = 3_600_000;

/**
 * Announces what was committed: to subscribers by the bus, and to workers by a wake-up job, unless the caller takes care
 * of that (`quiet`). An announcement may be lost: the rows say all.
 */
export function createAnnouncer({ bus, queue }: { bus: Bus; queue: RunQueue }) {
  return (
    runId: string,
    before: RunStatus | undefined,
    {
      state,
      workspaceId,
      wake,
      parentLink,
    }: Pick<StoredRun, 'state' | 'workspaceId' | 'wake' | 'parentLink'>,
    events: readonly RunEvent[],
    { quiet = false }: { quiet?: boolean } = {},
  ): void => {
    bus.publish(`run:${runId}`, { kind: 'events', seq: state.seq, events: [...events] });
    const shown = parentLink ? ofDebugger(events) : [];
    if (parentLink && shown.length > 0) {
      const { rootId, stepId, round, index } = parentLink;
      const place = { stepId, round: shownRound(round), index };
      bus.publish(`run:${rootId}`, { kind: 'below', of: runId, place, events: shown });
    }
    if (state.status !== before)
      bus.publish(`workspace:${workspaceId}`, { kind: 'run', id: runId });
    const enqueue = (seq: number, afterMs?: number) =>
      void queue.enqueue([{ runId, seq }], afterMs);
    if (isEnded(state.status)) {
      // Its parent must know of it.
      if (wake !== null && !quiet) enqueue(state.seq);
      return;
    }
    const goesOn = events.some(({ type }) => type === 'RunResumed');
    if (!quiet && (goesOn || readySteps(state, 1).length > 0)) enqueue(state.seq);
    for (const event of events) {
      const due = dueAt(event);
      // What lies further ahead is left to the sweeper, which knows it by the row.
      if (due === undefined || due - event.at > maxDelayMs) continue;
      enqueue(event.seq, Math.max(due - event.at, 1));
    }
  };
}

/** What the debugger did, or the end of what it may have paused: who debugs the root run sees it. */
const ofDebugger = (events: readonly RunEvent[]) =>
  events.filter((event) => {
    if (event.type === 'StepWaiting') return event.wait.kind === 'debugger';
    if (event.type === 'StepResumed') return event.by !== undefined;
    if (event.type === 'StepSucceeded') return /^Output (set|given) by /.test(event.reason ?? '');
    return event.type === 'StepCancelled';
  });

/** When the run must be looked at again because of an event. */
function dueAt(event: RunEvent): number | undefined {
  if (event.type === 'StepRetryScheduled') return event.retryAt;
  return event.type === 'StepWaiting' ? event.wait.until : undefined;
}

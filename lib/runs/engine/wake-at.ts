import type { RunState } from '@/lib/runs/schema';
import { deadlineOf, isEnded } from './readiness';

/**
 * When somebody must look at the run again, in milliseconds since 1970: at once for a step that is ready, else at
 * the next retry, end of a wait, step timeout or run timeout. Null when the run has ended, waits for somebody, or is
 * paused with nothing under way.
 */
export function wakeAt(state: RunState): number | null {
  if (isEnded(state.status)) return null;
  let soonest = deadlineOf(state);
  for (const id in state.steps) {
    const step = state.steps[id];
    if (step === undefined) continue;
    const at =
      step.status === 'ready'
        ? state.pausedBy === undefined
          ? step.readyAt
          : undefined
        : step.status === 'running'
          ? step.timeoutAt
          : (step.wait?.until ?? step.retryAt);
    if (at !== undefined && at < soonest) soonest = at;
  }
  return Number.isFinite(soonest) ? soonest : null;
}

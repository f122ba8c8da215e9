import { isEnded } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';

/** Whether a run may have a parent or children. */
export function isInRunTree(state: RunState, child: boolean): boolean {
  return (child && isEnded(state.status)) || hasChildren(state);
}

export function hasChildren(state: RunState): boolean {
  for (const id in state.steps) if (state.steps[id]?.spawned) return true;
  return false;
}

/**
 * Who begins or ends a run of a tree does at once what follows from it. The sweeper waits this long before it looks, and
 * so does not repeat what is under way; it finds what was left undone by a process that died.
 */
export const graceMs = 1_000;

const soonestMs = 2_000;
const latestMs = 60_000;

/**
 * When a run must be reconciled again with its children, in milliseconds since 1970: the process that was to begin them,
 * or to note their end, may have died. Ever more rarely while a step waits; null when no step waits for children.
 */
export function reconcileDue(state: RunState, now: number): number | null {
  if (isEnded(state.status) || state.pausedBy !== undefined) return null;
  let wait = Number.POSITIVE_INFINITY;
  for (const id in state.steps) {
    const step = state.steps[id];
    if (step?.status !== 'waiting' || step.wait?.children === undefined) continue;
    const waited = now - (step.waitingSince ?? now);
    wait = Math.min(wait, Math.max(soonestMs, Math.min(waited, latestMs)));
  }
  return Number.isFinite(wait) ? now + wait : null;
}

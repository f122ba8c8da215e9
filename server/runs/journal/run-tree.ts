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
 * Whoever begins a child or ends a run of a tree goes on with what follows at once. Where it died before, the sweeper
 * finds the run this much later; without that it would look at what is under way already.
 */
export const graceMs = 1_000;

const soonestMs = 2_000;
const latestMs = 60_000;

/**
 * When somebody must look after the runs that a step waits for, in milliseconds since 1970: whoever was to begin them,
 * or to hear of their end, may have died before. Ever more rarely while it waits; null when no step does.
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

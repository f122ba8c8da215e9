import { isEnded } from '@/lib/runs/readiness';
import type { RunState } from '@/lib/runs/schema';

/** Whether a run may have parents or children to look after. */
export function hasFamily(state: RunState, child: boolean): boolean {
  if (isEnded(state.status)) return child || hasSpawned(state);
  return hasSpawned(state);
}

export function hasSpawned(state: RunState): boolean {
  for (const id in state.steps) if (state.steps[id]?.spawned) return true;
  return false;
}

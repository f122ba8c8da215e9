import type { RunState } from '@/lib/runs/schema';
import { stepIdOf } from './run-steps';

/** What a run did with a edge. */
export type EdgeState = 'idle' | 'taken' | 'dead' | 'flowing';

/**
 * State of the edge from a port to a node in a run. A port that was not taken is dead, and so is
 * everything that leaves a skipped step.
 */
export function edgeStateOf(
  state: RunState | undefined,
  source: string,
  port: string,
  target: string,
): EdgeState {
  if (!state) return 'idle';
  const sourceId = stepIdOf(state, source);
  const from = sourceId === undefined ? undefined : state.steps[sourceId];
  if (!from) return 'idle';
  if (from.status === 'skipped') return 'dead';
  const passed = from.status === 'succeeded' || (from.status === 'failed' && from.ports);
  if (!passed) return 'idle';
  if (from.ports && !from.ports.includes(port)) return 'dead';
  const targetId = stepIdOf(state, target);
  const to = targetId === undefined ? undefined : state.steps[targetId];
  return to?.status === 'running' ? 'flowing' : 'taken';
}

import type { RunState } from '@/lib/runs/schema';

const byNode = new WeakMap<RunState['plan'], ReadonlyMap<string, string>>();

/** Id of the step that a node became in a run; undefined when the node is newer than the run. */
export function stepIdOf(state: RunState, nodeId: string): string | undefined {
  let ids = byNode.get(state.plan);
  if (!ids) {
    ids = new Map(state.plan.steps.map((step) => [step.nodeId, step.id]));
    byNode.set(state.plan, ids);
  }
  return ids.get(nodeId);
}

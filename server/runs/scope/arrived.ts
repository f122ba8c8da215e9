import { leadsOn, planStep } from '@/lib/runs/engine/readiness';
import type { PlanStep, RunState } from '@/lib/runs/schema';

/** Keys of the steps that led to this one, the first to end first. */
export function arrivedAt(state: RunState, step: PlanStep): string[] {
  const ids = step.incoming.filter((edge) => leadsOn(state, edge)).map(({ from }) => from);
  const endOf = (id: string) => state.steps[id]?.finishedAt ?? 0;
  return [...new Set(ids)]
    .sort((a, b) => endOf(a) - endOf(b))
    .flatMap((id) => planStep(state.plan, id)?.key ?? []);
}

import type { StepView } from '@/lib/runs/contract';
import { planStep } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';
import { viewStep } from '@/lib/runs/view/view';

/** A step of a followed run in the shape of the REST view, which the run pages draw. */
export function stepView(state: RunState, stepId: string): StepView | undefined {
  const plan = planStep(state.plan, stepId);
  return plan && viewStep(plan, state.mode, state.steps[stepId]);
}

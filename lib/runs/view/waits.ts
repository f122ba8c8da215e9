import type { StepView } from '../contract';
import type { RunState } from '../schema';
import { viewStep } from './view';

/** Steps of a run that wait: for people, for the runs that they started, or for something else. */
export function waitsIn(state: RunState): StepView[] {
  return state.plan.steps
    .map((step) => viewStep(step, state.mode, state.steps[step.id]))
    .filter((step) => step.status === 'waiting' && step.wait !== undefined);
}

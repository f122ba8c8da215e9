import { planStep, stepsAfter } from './readiness';
import type { Plan, Reused, RunState } from './schema';

/** The part of a plan that leads to a step, and the step itself, whose output becomes the run's. */
export function planUntil(plan: Plan, stepId: string): Plan {
  const kept = new Set<string>();
  const open = [stepId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    open.push(...(planStep(plan, id)?.incoming.map(({ from }) => from) ?? []));
  }
  return { ...plan, steps: plan.steps.filter(({ id }) => kept.has(id)), outputs: [stepId] };
}

/** These steps and all that come after them. */
export function stepsFrom(plan: Plan, stepIds: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...stepIds];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...stepsAfter(plan, id));
  }
  return found;
}

/**
 * The results of a run that another one of this plan can take over: of steps that are in both, that succeeded or went
 * on in spite of an error, and that come neither after one of `from` nor after a step that has to run again.
 */
export function reusableSteps(
  state: RunState,
  plan: Plan,
  from: readonly string[],
): Record<string, Reused> {
  const has = (id: string) => {
    const step = state.steps[id];
    return step?.status === 'succeeded' || (step?.status === 'failed' && step.ports !== undefined);
  };
  const isNew = (id: string) => planStep(state.plan, id)?.type !== planStep(plan, id)?.type;
  // What was skipped decides nothing by itself: it is skipped again if the same ways are taken.
  const again = plan.steps.filter(
    ({ id }) => isNew(id) || (!has(id) && state.steps[id]?.status !== 'skipped'),
  );
  const run = stepsFrom(plan, [...from, ...again.map(({ id }) => id)]);
  return Object.fromEntries(
    plan.steps.flatMap(({ id }) => {
      const step = state.steps[id];
      if (run.has(id) || !has(id) || step === undefined) return [];
      const { output, ports, input, reason } = step;
      return [
        [
          id,
          {
            output,
            ports: ports ?? [],
            ...(input === undefined ? {} : { input }),
            ...(reason === undefined ? {} : { reason }),
          },
        ],
      ];
    }),
  );
}

import { type Earlier, maxEarlier, type Plan, type Reused, type RunState } from '@/lib/runs/schema';
import { planStep, stepsAfter } from './readiness';

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
 * The results of a run that another one of this plan can reuse: of steps that are in both, that succeeded or went
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
      const { output, ports, input, reason, scripted } = step;
      return [
        [
          id,
          {
            output,
            ports: ports ?? [],
            ...(input === undefined ? {} : { input }),
            ...(reason === undefined ? {} : { reason }),
            ...(scripted ? { scripted } : {}),
          },
        ],
      ];
    }),
  );
}

/**
 * The steps of a run that one of this plan takes up again: they began, are the same in both, and come neither in nor
 * after `from`. Of those that ended well only the ones that run again with all of theirs (`again`).
 */
export function earlierOf(
  { id: runId, state }: { id: string; state: RunState },
  plan: Plan,
  from: readonly string[],
  { again = false }: { again?: boolean } = {},
): Earlier {
  const anew = stepsFrom(plan, from);
  return Object.fromEntries(
    plan.steps.flatMap((step) => {
      const { id } = step;
      const { attempt = 0, status } = state.steps[id] ?? {};
      const before = state.earlier?.[id] ?? [];
      if (anew.has(id) || (attempt === 0 && before.length === 0)) return [];
      if (status === 'succeeded' && !again) return [];
      const old = planStep(state.plan, id);
      if (old?.type !== step.type) return [];
      // Of a container each item is compared by itself.
      const same = JSON.stringify(old.config) === JSON.stringify(step.config);
      if (!same && step.body === undefined) return [];
      // The first one is kept: its key is the one that others know.
      const all = [runId, ...before];
      const kept =
        all.length > maxEarlier ? [...all.slice(0, maxEarlier - 1), ...all.slice(-1)] : all;
      return [[id, kept]];
    }),
  );
}

/** The key by which others know what a step changes: that of the run in which it began first. */
export function effectKey(
  runId: string,
  { earlier }: Pick<RunState, 'earlier'>,
  stepId: string,
): string {
  return `${earlier?.[stepId]?.at(-1) ?? runId}/${stepId}`;
}

import type { Scope } from '@/lib/nodes/node-type/define-node';
import { planStep } from '@/lib/runs/engine/readiness';
import type { Plan, RunState } from '@/lib/runs/schema';
import { objectIn } from '@/lib/values/unknown';

const known = new WeakMap<Plan, Map<string, ReadonlySet<string>>>();

/**
 * The values that a step's expressions can name: the outputs of the steps that lead to it, and of no others, so that
 * a parallel branch which happens to be faster changes nothing. `outer` is what the step that started this run sees,
 * where its steps stand inside that one.
 */
export function scopeOf(runId: string, state: RunState, stepId: string, outer?: Scope): Scope {
  const steps: Scope['steps'] = { ...outer?.steps };
  for (const id of stepsBefore(state.plan, stepId)) {
    const step = state.steps[id];
    const key = planStep(state.plan, id)?.key;
    if (key === undefined || step?.output === undefined) continue;
    if (step.status === 'succeeded' || step.status === 'failed')
      steps[key] = { output: step.output };
  }
  const startedAt = new Date(state.startedAt ?? state.createdAt).toISOString();
  const run = { id: runId, mode: state.mode, startedAt };
  const names = {
    ...outer?.names,
    ...(outer ? objectIn(state.input) : {}),
    ...state.plan.names,
    ...(state.failing ? { error: errorOf(state) } : {}),
  };
  const input = outer ? outer.input : state.input;
  return { input, steps, run, ...(Object.keys(names).length > 0 ? { names } : {}) };
}

/** What the steps that handle an error see of it. */
function errorOf({ failing, plan }: RunState) {
  const step = failing?.stepId === undefined ? undefined : planStep(plan, failing.stepId);
  const { code = '', message = '' } = failing?.error ?? {};
  return { code, message, step: step?.key ?? null, name: step?.name ?? null };
}

function stepsBefore(plan: Plan, stepId: string): ReadonlySet<string> {
  const byStep = known.get(plan) ?? new Map<string, ReadonlySet<string>>();
  known.set(plan, byStep);
  const cached = byStep.get(stepId);
  if (cached) return cached;
  const before = new Set<string>();
  const open = [stepId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from } of planStep(plan, id)?.incoming ?? []) {
      if (before.has(from)) continue;
      before.add(from);
      open.push(from);
    }
  }
  byStep.set(stepId, before);
  return before;
}

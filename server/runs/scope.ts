import type { Scope } from '@/lib/nodes/define-node';
import { planStep } from '@/lib/runs/readiness';
import type { Plan, RunState } from '@/lib/runs/schema';

const known = new WeakMap<Plan, Map<string, ReadonlySet<string>>>();

/**
 * The values that a step's expressions can name: the outputs of the steps that lead to it, and of no others, so that
 * a parallel branch which happens to be faster changes nothing.
 */
export function scopeOf(runId: string, state: RunState, stepId: string): Scope {
  const steps: Scope['steps'] = {};
  for (const id of stepsBefore(state.plan, stepId)) {
    const step = state.steps[id];
    const key = planStep(state.plan, id)?.key;
    if (key !== undefined && step?.status === 'succeeded') steps[key] = { output: step.output };
  }
  const startedAt = new Date(state.startedAt ?? state.createdAt).toISOString();
  return { input: state.input, steps, run: { id: runId, mode: state.mode, startedAt } };
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

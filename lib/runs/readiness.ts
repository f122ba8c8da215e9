import type { Plan, PlanStep, RunState, RunStatus, StepStatus } from './schema';

const endedRun: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled'];
const settledStep: readonly StepStatus[] = ['succeeded', 'failed', 'skipped', 'cancelled'];

export const isEnded = (status: RunStatus): boolean => endedRun.includes(status);
export const isSettled = (status: StepStatus): boolean => settledStep.includes(status);

/** When the run's time is over, in milliseconds since 1970; never while a step waits, nor before one started. */
export function deadlineOf(state: RunState): number {
  const { startedAt, waitingSince, waitedMs = 0, plan } = state;
  const running = startedAt !== undefined && waitingSince === undefined;
  return running ? startedAt + waitedMs + plan.timeoutMs : Number.POSITIVE_INFINITY;
}

type Shape = { byId: ReadonlyMap<string, PlanStep>; after: ReadonlyMap<string, readonly string[]> };

/** A plan never changes, so that its shape is worked out once. */
const shapes = new WeakMap<Plan, Shape>();

function shapeOf(plan: Plan): Shape {
  const known = shapes.get(plan);
  if (known) return known;
  const after = new Map<string, string[]>();
  for (const step of plan.steps) {
    for (const from of new Set(step.incoming.map((edge) => edge.from))) {
      const list = after.get(from);
      if (list) list.push(step.id);
      else after.set(from, [step.id]);
    }
  }
  const shape = { byId: new Map(plan.steps.map((step) => [step.id, step])), after };
  shapes.set(plan, shape);
  return shape;
}

/** A step of the plan by id. */
export function planStep(plan: Plan, stepId: string): PlanStep | undefined {
  return shapeOf(plan).byId.get(stepId);
}

/** Ids of the steps that have an edge from this one, each once. */
export function stepsAfter(plan: Plan, stepId: string): readonly string[] {
  return shapeOf(plan).after.get(stepId) ?? [];
}

/**
 * What the edges into a step say: `wait` while one of them is open; `go` when all are settled and at least one is
 * taken, or there are none; `skip` when all are dead.
 */
export function readiness(state: RunState, step: PlanStep): 'wait' | 'go' | 'skip' {
  if (step.incoming.length === 0) return 'go';
  let taken = false;
  for (const edge of step.incoming) {
    const from = state.steps[edge.from];
    if (from === undefined || !isSettled(from.status)) return 'wait';
    taken ||= from.status === 'succeeded' && (from.ports ?? []).includes(edge.port);
  }
  return taken ? 'go' : 'skip';
}

/** Steps that a worker could start now, in the order of the plan, at most `limit`. */
export function readySteps(state: RunState, limit = Number.POSITIVE_INFINITY): PlanStep[] {
  const ready: PlanStep[] = [];
  for (const step of state.plan.steps) {
    if (ready.length >= limit) break;
    if (state.steps[step.id]?.status === 'ready') ready.push(step);
  }
  return ready;
}

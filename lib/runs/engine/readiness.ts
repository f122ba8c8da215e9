import type { Plan, PlanStep, RunState, RunStatus, StepStatus } from '@/lib/runs/schema';

/** The states in which a run stays: every other one, being paused as well, may still become one of these. */
export const endedStatuses: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled'];
const settledStep: readonly StepStatus[] = ['succeeded', 'failed', 'skipped', 'cancelled'];

export const isEnded = (status: RunStatus): boolean => endedStatuses.includes(status);
export const isSettled = (status: StepStatus): boolean => settledStep.includes(status);

/** When the run's time is over, in milliseconds since 1970; never while a step waits, nor before one started. */
export function deadlineOf(state: RunState): number {
  const { startedAt, waitingSince, waitedMs = 0, failing, plan } = state;
  if (startedAt === undefined || waitingSince !== undefined) return Number.POSITIVE_INFINITY;
  // Who handles an error has as much time again: what went wrong may be that time was up.
  return failing ? failing.at + plan.timeoutMs : startedAt + waitedMs + plan.timeoutMs;
}

type Shape = {
  byId: ReadonlyMap<string, PlanStep>;
  after: ReadonlyMap<string, readonly string[]>;
  /** Steps that only an error leads to. */
  handling: ReadonlySet<string>;
  prioritised: boolean;
};

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
  const handling = new Set<string>();
  const open = plan.steps.filter(({ kind }) => kind === 'handler').map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (handling.has(id)) continue;
    handling.add(id);
    open.push(...(after.get(id) ?? []));
  }
  const shape = {
    byId: new Map(plan.steps.map((step) => [step.id, step])),
    after,
    handling,
    prioritised: plan.steps.some(({ priority }) => priority !== undefined),
  };
  shapes.set(plan, shape);
  return shape;
}

/** Whether only an error of the run leads to this step. */
export function handlesErrors(plan: Plan, stepId: string): boolean {
  return shapeOf(plan).handling.has(stepId);
}

/** A step of the plan by id. */
export function planStep(plan: Plan, stepId: string): PlanStep | undefined {
  return shapeOf(plan).byId.get(stepId);
}

/** Ids of the steps that have an edge from this one, each once. */
export function stepsAfter(plan: Plan, stepId: string): readonly string[] {
  return shapeOf(plan).after.get(stepId) ?? [];
}

/** Whether a finished step leads on through one of its ports. */
export function leadsOn(state: RunState, edge: PlanStep['incoming'][number]): boolean {
  const from = state.steps[edge.from];
  if (from?.status !== 'succeeded' && from?.status !== 'failed') return false;
  return from.ports?.includes(edge.port) ?? false;
}

/**
 * What the edges into a step say: `wait` while one of them is open; `go` when all are settled and at least one is
 * taken, or there are none; `skip` when all are dead. A join goes as soon as enough edges are taken, and is skipped
 * as soon as that cannot be.
 */
export function readiness(state: RunState, step: PlanStep): 'wait' | 'go' | 'skip' {
  const { incoming, join } = step;
  if (incoming.length === 0) return 'go';
  let taken = 0;
  let open = 0;
  for (const edge of incoming) {
    if (!isSettled(state.steps[edge.from]?.status ?? 'pending')) open += 1;
    else if (leadsOn(state, edge)) taken += 1;
  }
  if (join === undefined) {
    if (open > 0) return 'wait';
    return taken > 0 ? 'go' : 'skip';
  }
  const need = join.need === 'all' ? incoming.length : Math.min(join.need, incoming.length);
  if (taken >= need) return 'go';
  return taken + open < need ? 'skip' : 'wait';
}

/** Unsettled steps from which every path leads to this one: nobody else needs them. */
export function stepsOnlyFor(state: RunState, step: PlanStep): string[] {
  const { plan } = state;
  const only = new Set([step.id]);
  const found: string[] = [];
  // Nearest first, so that what follows a step has been judged before it.
  const open = step.incoming.map(({ from }) => from);
  for (let again = true; again; ) {
    again = false;
    for (const id of [...open]) {
      if (only.has(id) || !stepsAfter(plan, id).every((next) => only.has(next))) continue;
      only.add(id);
      again = true;
      if (!isSettled(state.steps[id]?.status ?? 'pending')) found.push(id);
      open.push(...(planStep(plan, id)?.incoming.map(({ from }) => from) ?? []));
    }
  }
  return found;
}

/** Steps that a worker could start now, those of a higher priority first, else in the order of the plan; at most `limit`. */
export function readySteps(state: RunState, limit = Number.POSITIVE_INFINITY): PlanStep[] {
  const ready: PlanStep[] = [];
  if (state.pausedBy !== undefined) return ready;
  const { prioritised } = shapeOf(state.plan);
  for (const step of state.plan.steps) {
    if (ready.length >= limit && !prioritised) break;
    if (state.steps[step.id]?.status === 'ready') ready.push(step);
  }
  if (!prioritised) return ready;
  return ready.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0)).slice(0, limit);
}

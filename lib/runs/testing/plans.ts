import { initialState } from '../plan';
import type { Plan, PlanStep, RunState } from '../schema';

type Edge = string | { from: string; port: string };

/** A step for tests; `after` names the steps before it, on port `out` unless said. */
export function aStep(id: string, after: Edge[] = [], more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    nodeId: id,
    key: id,
    name: id,
    type: 'test',
    kind: 'task',
    config: {},
    ports: ['out'],
    retry: { attempts: 1, backoffMs: 1000, maxBackoffMs: 60_000 },
    timeoutMs: 10_000,
    incoming: after.map((edge) => (typeof edge === 'string' ? { from: edge, port: 'out' } : edge)),
    ...more,
  };
}

/** A plan for tests, whose sinks make the output unless said. */
export function aPlan(steps: PlanStep[], more: Partial<Plan> = {}): Plan {
  const used = new Set(steps.flatMap((step) => step.incoming.map((edge) => edge.from)));
  const outputs = steps.filter((step) => !used.has(step.id)).map((step) => step.id);
  return { schema: 1, name: 'test', timeoutMs: 100_000, steps, outputs, ...more };
}

export function aRun(steps: PlanStep[], more: Partial<Plan> = {}): RunState {
  return initialState(aPlan(steps, more), { mode: 'live', input: { a: 1 }, now: 0 });
}

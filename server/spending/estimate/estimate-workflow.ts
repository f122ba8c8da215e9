import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Plan } from '@/lib/runs/schema';
import type { estimateWorkflow as contract } from '@/lib/spending/contract';
import { modelStepsOf, sumOf } from '@/lib/spending/estimate';
import type { IfModel } from '@/lib/spending/if-model-schema';
import { readPlan } from '@/server/runs/starting/read-plan';
import type { Services } from '@/server/services';
import { enough, estimateStep, ifModelsOf, inUsd } from './estimate-step';
import { runHistory, stepHistories } from './histories';

type Needs = Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation' | 'models'>;

/** What a run would cost and how long it would take. Throws what reading the version or the draft throws. */
export async function estimateWorkflow(
  services: Needs,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const { workspaceId } = actor;
  const version = body.version ?? (can(actor.role, 'workflows.edit') ? 'draft' : 'live');
  const { plan } = await readPlan(services, actor, id, { version });
  const [histories, whole] = await Promise.all([
    stepHistories(pool, workspaceId, id),
    runHistory(pool, workspaceId, id),
  ]);
  const steps = await Promise.all(
    modelStepsOf(plan).map(async (step) => {
      const found = await estimateStep(services, workspaceId, step, histories.get(step.nodeId));
      return { ...found, id: step.nodeId, name: step.name };
    }),
  );
  const cost = sumOf(steps.map((step) => step.cost));
  return {
    costUsd: inUsd(cost),
    durationMs: whole === undefined || whole.samples < enough ? null : whole.durationMs,
    ifModels: await ifModelsOf(services, workspaceId, steps),
    steps: steps.map(({ id: nodeId, name, model, cost: each, durationMs, from, samples }) => ({
      ...{ id: nodeId, name, model, costUsd: inUsd(each), durationMs, from, samples },
    })),
  };
}

/** The same for a plan that belongs to no workflow yet: by its texts and prices alone. No cost where a price is unknown. */
export async function estimatePlan(
  services: Pick<Needs, 'pool' | 'models'>,
  workspaceId: string,
  plan: Plan,
): Promise<{
  costUsd: { p50: string; p95: string } | null;
  modelCalls: number;
  models: string[];
  ifModels: IfModel[];
}> {
  const asking = modelStepsOf(plan);
  const steps = await Promise.all(
    asking.map((step) => estimateStep(services, workspaceId, step, undefined)),
  );
  const known = steps.every(({ from }) => from !== 'unknown');
  return {
    costUsd: known ? inUsd(sumOf(steps.map(({ cost }) => cost))) : null,
    modelCalls: asking.length,
    models: steps.map(({ model }) => model),
    ifModels: await ifModelsOf(services, workspaceId, steps),
  };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { type ModelPolicy, modelPolicySchema, type ProviderId } from '@/lib/models/schema';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import type { estimateWorkflow as contract } from '@/lib/spending/contract';
import { guessCost, modelStepsOf, type Range, sumOf } from '@/lib/spending/estimate';
import { type Pico, usdOf } from '@/lib/spending/pico';
import { readPlan } from '@/server/runs/starting/read-plan';
import { readAgent } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';
import { priceOf } from '../prices/price-of';
import { type History, runHistory, stepHistories } from './histories';

type Needs = Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation' | 'models'>;

/** Fewer runs than this say little: the texts and the price are asked too. */
const enough = 3;

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
  const known = modelStepsOf(plan).map((step) =>
    estimateStep(services, workspaceId, step, histories.get(step.nodeId)),
  );
  const steps = await Promise.all(known);
  const cost = sumOf(steps.map((step) => step.cost));
  return {
    costUsd: inUsd(cost),
    durationMs: whole === undefined || whole.samples < enough ? null : whole.durationMs,
    steps: steps.map(({ cost: each, ...step }) => ({ ...step, costUsd: inUsd(each) })),
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
  };
}

const inUsd = ({ p50, p95 }: Range<Pico>) => ({ p50: usdOf(p50), p95: usdOf(p95) });

async function estimateStep(
  services: Pick<Needs, 'pool' | 'models'>,
  workspaceId: string,
  step: PlanStep,
  history: History | undefined,
) {
  const { nodeId: id, name } = step;
  const policy = await policyOf(services, workspaceId, step);
  const chosen = await services.models.choose(workspaceId, policy);
  const model = chosen === undefined ? 'none' : `${chosen.provider}/${chosen.model}`;
  const about = { id, name, model };
  if (history !== undefined && history.samples >= enough) {
    const { cost, durationMs, samples } = history;
    return { ...about, cost, durationMs, samples, from: 'history' as const };
  }
  const price = chosen && (await priceIn(services, workspaceId, chosen));
  const samples = history?.samples ?? 0;
  if (price === undefined) {
    const cost = { p50: 0n, p95: 0n };
    return { ...about, cost, durationMs: null, samples, from: 'unknown' as const };
  }
  return {
    ...about,
    cost: guessCost(step, price),
    durationMs: null,
    samples,
    from: 'tokens' as const,
  };
}

const priceIn = (
  { pool }: Pick<Needs, 'pool'>,
  workspaceId: string,
  { provider, model }: { provider: ProviderId; model: string },
) => priceOf(pool, workspaceId, provider, model);

/** The model that a step asks for: its own, else its agent's, else whichever is found. */
async function policyOf(
  { pool }: Pick<Needs, 'pool'>,
  workspaceId: string,
  { config }: PlanStep,
): Promise<ModelPolicy> {
  const own = modelPolicySchema.safeParse(config.model);
  if (own.success && own.data !== 'auto') return own.data;
  if (typeof config.agent !== 'string' || config.agent === '') return 'auto';
  return (await readAgent(pool, { workspaceId, live: false }, config.agent))?.model ?? 'auto';
}

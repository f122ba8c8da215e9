import { exampleModels } from '@/lib/models/examples';
import { isRule, type ModelPolicy, modelPolicySchema } from '@/lib/models/schema';
import type { PlanStep } from '@/lib/runs/schema';
import { guessCost, type Range, sumOf } from '@/lib/spending/estimate';
import type { IfModel } from '@/lib/spending/if-model-schema';
import { type Pico, usdOf } from '@/lib/spending/pico';
import { readAgent } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';
import { priceOf } from '../prices/price-of';
import type { History } from './histories';

type Needs = Pick<Services, 'pool' | 'models'>;
/** A step, of which its settings alone count. */
type Asking = Pick<PlanStep, 'config'>;
type Asked = { policy: ModelPolicy; instructions: string };
type StepEstimate = {
  step: Asking;
  asked: Asked;
  /** Its answer would be made up: it names no model, and none is set up. */
  madeUp: boolean;
  model: string;
  cost: Range<Pico>;
  durationMs: Range<number> | null;
  samples: number;
  from: 'history' | 'tokens' | 'unknown';
};

/** Fewer runs than this say little: the texts and the price are asked too. */
export const enough = 3;

export const inUsd = ({ p50, p95 }: Range<Pico>) => ({ p50: usdOf(p50), p95: usdOf(p95) });

/** What one step would cost: by earlier runs, else by its texts and the price of the model that would answer. */
export async function estimateStep(
  services: Needs,
  workspaceId: string,
  step: Asking,
  history: History | undefined,
): Promise<StepEstimate> {
  const asked = await askedOf(services, workspaceId, step);
  const { policy, instructions } = asked;
  const chosen = await services.models.choose(workspaceId, policy);
  const model = chosen === undefined ? 'none' : `${chosen.provider}/${chosen.model}`;
  const samples = history?.samples ?? 0;
  const about = { step, asked, model, samples, durationMs: null, madeUp: false };
  if (history !== undefined && history.samples >= enough) {
    const { cost, durationMs } = history;
    return { ...about, cost, durationMs, from: 'history' };
  }
  const madeUp = chosen?.provider === 'rehearsal' && isRule(policy);
  // One that cannot be called yet has a price all the same.
  const priced = chosen ?? (isRule(policy) ? undefined : policy);
  const price =
    priced && (await priceOf(services.pool, workspaceId, priced.provider, priced.model));
  if (price === undefined) return { ...about, cost: { p50: 0n, p95: 0n }, from: 'unknown' };
  return { ...about, madeUp, cost: guessCost(step, price, instructions), from: 'tokens' };
}

/** What the same would cost with models that are known, where some answer would be made up. */
export async function ifModelsOf(
  { pool }: Pick<Needs, 'pool'>,
  workspaceId: string,
  steps: readonly StepEstimate[],
): Promise<IfModel[]> {
  if (!steps.some(({ madeUp }) => madeUp)) return [];
  const found = await Promise.all(
    exampleModels().map(async ({ provider, id }) => {
      const price = await priceOf(pool, workspaceId, provider, id);
      if (price === undefined) return [];
      const costs = steps.map(({ madeUp, step, asked, cost }) =>
        madeUp ? guessCost(step, price, asked.instructions) : cost,
      );
      return [{ model: `${provider}/${id}`, list: price.list, costUsd: inUsd(sumOf(costs)) }];
    }),
  );
  return found.flat();
}

/** What a step asks: its own model, else its agent's, else whichever is found; and what is sent with its task. */
async function askedOf(
  { pool }: Pick<Needs, 'pool'>,
  workspaceId: string,
  { config }: Asking,
): Promise<Asked> {
  const own = modelPolicySchema.safeParse(config.model);
  const named = typeof config.agent === 'string' && config.agent !== '' ? config.agent : undefined;
  const agent = named && (await readAgent(pool, { workspaceId, live: false }, named));
  const { model = 'auto', instructions = '' } = agent || {};
  return { policy: own.success && own.data !== 'auto' ? own.data : model, instructions };
}

import { type Choice, chooseModel } from '@/lib/models/choose';
import type { ProviderView } from '@/lib/models/contract';
import type { Speeds } from '@/lib/models/modes';
import type { TokenPrice } from '@/lib/models/price';
import type { ModelPolicy, ProviderId } from '@/lib/models/schema';
import { type ModelAnswer, StepError } from '@/lib/nodes/node-type/define-node';
import { type Breached, BudgetPause } from '@/lib/spending/breach';
import type { Prisma } from '@/server/db/prisma';
import type { Egress } from '@/server/egress/client';
import type { OwnPrice } from '@/server/spending/prices/own-prices';
import type { Answers } from './answers/answer-store';
import { reuseAnswer } from './answers/reuse-answer';
import { answer, type Listening } from './calls/answer';
import { answerByChain } from './calls/chain';
import {
  accountsOf,
  findAvailable,
  findCheaper,
  findFallbacks,
  findModel,
  type Opened,
  type Reach,
  speedsFor,
} from './calls/find-model';
import { createServed } from './calls/list-served-models';
import type { Cooling } from './cooling/cooling';
import type { Vault } from './keys/vault';
import type { ProviderLimit } from './limits/list-limits';
import { viewProviders, withLimits, withOwnPrices } from './overview';
import { createLocals, type LocalId } from './providers/local';
import type { ModelCall } from './providers/model-call';

type PriceOf = (
  workspaceId: string,
  provider: ProviderId,
  model: string,
) => Promise<TokenPrice | undefined>;

export type Models = {
  /**
   * Chooses a model, calls it and counts what it cost. The key is decrypted for this call alone. With an output
   * schema the answer is parsed and checked; a misfit gets one more try. Throws `StepError` (`no_model`,
   * `model_*`, `output_misfit`, `budget_exceeded`), `BudgetPause` when it has to wait for its budget, `ModelPause`
   * when all models that could answer want to be left alone for a while, or the signal's
   * reason.
   */
  call(request: ModelCall): Promise<ModelAnswer>;
  /** The model that would answer now under a policy, a small request; undefined where none would. */
  choose(workspaceId: string, policy: ModelPolicy): Promise<Choice | undefined>;
  /** Every provider with its state and models, for people. Takes at most a few hundred milliseconds. */
  overview(workspaceId: string): Promise<ProviderView[]>;
};

type Parts = Listening & {
  prisma: Prisma;
  vault: Vault;
  egress: Egress;
  /** Which models are left alone after failures. */
  cooling: Cooling;
  /** What a model costs a workspace; undefined where nobody knows. */
  priceOf: PriceOf;
  /** Answers that may be given again, and on whose behalf a run works. */
  answers: Answers;
  principalOf: (workspaceId: string, runId: string) => Promise<string>;
  /** A workspace's own prices. */
  ownPrices: (workspaceId: string) => Promise<OwnPrice[]>;
  /** What a workspace allows of its providers at most. */
  limitsOf: (workspaceId: string) => Promise<ProviderLimit[]>;
  /** How fast models answered a workspace lately. */
  speedsOf: (workspaceId: string) => Promise<Speeds>;
  /** Where tests put local servers. */
  localUrls?: Partial<Record<LocalId, string>>;
};

/** The models of all workspaces. Opens no connection by itself. */
export function createModels(parts: Parts): Models {
  const { prisma, vault, egress } = parts;
  const vendorFetch = egress.fetch();
  const reach: Reach = {
    prisma,
    vault,
    locals: createLocals(egress, parts.localUrls),
    served: createServed(parts, vendorFetch),
    speeds: parts.speedsOf,
    fetch: vendorFetch,
  };
  const askFor = async (request: ModelCall, choice: Choice): Promise<ModelAnswer> => {
    const accounts = (taken: Choice) => accountsOf(reach, request, taken);
    const ask = async (taken: Choice, opened: Opened, asked: ModelCall) => {
      const price = await parts.priceOf(request.workspaceId, taken.provider, taken.model);
      return answer(parts, { choice: taken, opened, price }, asked);
    };
    const others = () => findFallbacks(reach, request, choice);
    try {
      if (request.cheaper !== true) {
        return await answerByChain(
          { cooling: parts.cooling, accounts, ask, others },
          request,
          choice,
        );
      }
    } catch (error) {
      if (!takesCheaper(error)) throw refusal(error);
    }
    const cheaper = await findCheaper(reach, request, choice);
    return firstThatFits(cheaper, choice, async (taken) => {
      const [account] = await accounts(taken);
      if (account === undefined) throw new StepError('no_model', 'No model could be asked.');
      return ask(taken, account.open(), request);
    });
  };
  return {
    async call(request) {
      const choice = await findModel(reach, request);
      return reuseAnswer(parts, request, choice, (taken) => askFor(request, taken));
    },
    async choose(workspaceId, policy) {
      const available = await findAvailable(reach, { workspaceId, policy });
      const speeds = await speedsFor(reach, { workspaceId, policy });
      const choice = chooseModel(policy, 'live', available, 1_000, speeds);
      return 'refused' in choice ? undefined : choice;
    },
    async overview(workspaceId) {
      const [views, own, limits] = await Promise.all([
        viewProviders(reach, workspaceId),
        parts.ownPrices(workspaceId),
        parts.limitsOf(workspaceId),
      ]);
      return views.map((view) => withLimits(withOwnPrices(view, own), limits));
    },
  };
}

/** Every budget in the way says that a cheaper model may answer. */
const takesCheaper = (error: unknown) =>
  BudgetPause.isInstance(error) &&
  error.asked !== 'busy' &&
  error.asked.breached.every(({ onBreach }) => onBreach === 'downgrade');

/** A breach of a budget that asks nobody is a failure of the step; all else stays what it is. */
function refusal(error: unknown): unknown {
  if (!BudgetPause.isInstance(error) || error.asked === 'busy') return error;
  const { breached, model } = error.asked;
  const stops = breached.some(({ onBreach }) => onBreach === 'stop');
  return stops ? exceeded(breached, model) : error;
}

function exceeded(breached: readonly Breached[], model: string): StepError {
  const first = breached[0];
  const spent = first ? ` $${first.spentUsd} of $${first.capUsd} is spent.` : '';
  const whose = first?.scope === 'workspace' ? 'the workspace' : `this ${first?.scope ?? 'call'}`;
  return new StepError(
    'budget_exceeded',
    `The budget of ${whose} has no room for an answer of ${model}, so nothing was asked of it.${spent} Raise the budget in Settings → Spending, or choose a cheaper model.`,
  );
}

async function firstThatFits(
  cheaper: readonly Choice[],
  choice: Choice,
  ask: (taken: Choice) => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  let last: BudgetPause | undefined;
  for (const taken of cheaper) {
    try {
      return await ask(taken);
    } catch (error) {
      const unpriced = StepError.isInstance(error) && error.code === 'price_unknown';
      if (BudgetPause.isInstance(error) && error.asked !== 'busy') last = error;
      else if (!unpriced) throw error;
    }
  }
  const breached = last !== undefined && last.asked !== 'busy' ? last.asked.breached : [];
  throw exceeded(breached, choice.model);
}

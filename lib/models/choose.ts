import { type KnownModel, knownModels, modelInfo } from './catalogue';
import { providerInfo, rehearsalModel } from './providers';
import type { ModelPolicy, ProviderId } from './schema';

/** A provider that could be called now. `models`: what it offers, where that is known. */
export type Available = { provider: ProviderId; models: readonly string[] };

export type Choice = {
  provider: ProviderId;
  model: string;
  /** One sentence for people: why this one. */
  reason: string;
};

export type Refusal = { refused: string };

/**
 * Which model answers a call. An explicit policy is followed or refused, never replaced. `auto` takes a model on
 * this machine first, then the cheapest able one among the providers with a key, and else the rehearsal.
 * `tokens`: how large the request is, so that only models with room for it count.
 */
export function chooseModel(
  policy: ModelPolicy,
  mode: 'live' | 'rehearsal',
  available: readonly Available[],
  tokens: number,
): Choice | Refusal {
  if (mode === 'rehearsal') return rehearsed('The run is a rehearsal.');
  if (policy !== 'auto') return explicit(policy, available);
  const local = available.find(
    ({ provider, models }) => providerInfo(provider).local && talking(models).length > 0,
  );
  const localModel = local === undefined ? undefined : talking(local.models)[0];
  if (local !== undefined && localModel !== undefined) {
    const { title } = providerInfo(local.provider);
    return {
      provider: local.provider,
      model: localModel,
      reason: `${title} runs on this machine, which costs nothing and keeps your data local.`,
    };
  }
  return cheapest(available, tokens) ?? served(available) ?? rehearsed(noModel);
}

const noModel =
  'No provider has a key and no local model was found, so the built-in test model answered.';

function rehearsed(reason: string): Choice {
  return { provider: 'rehearsal', model: rehearsalModel, reason };
}

function explicit(
  policy: Exclude<ModelPolicy, 'auto'>,
  available: readonly Available[],
): Choice | Refusal {
  const { title, local } = providerInfo(policy.provider);
  if (policy.provider === 'rehearsal') return rehearsed('The test model was chosen.');
  if (available.some(({ provider }) => provider === policy.provider)) {
    return { ...policy, reason: `${policy.model} was chosen.` };
  }
  return {
    refused: local
      ? `${title} was not found on this machine. Start it or choose another model.`
      : `${title} has no key in this workspace. Add one in Settings → Models or choose another model.`,
  };
}

/** Three parts of input to one of output is what agents use, roughly. */
const blended = (model: KnownModel) =>
  model.price === undefined ? Infinity : model.price.input * 3 + model.price.output;

function cheapest(available: readonly Available[], tokens: number): Choice | undefined {
  const keyed = new Map(available.map((entry) => [entry.provider, entry.models]));
  const able = knownModels
    .filter((model) => {
      const offered = keyed.get(model.provider);
      if (offered === undefined || !model.able) return false;
      return offered.length === 0 || offered.includes(model.id);
    })
    .filter((model) => model.contextTokens > tokens)
    .sort((a, b) => blended(a) - blended(b) || (a.id < b.id ? -1 : 1));
  const best = able[0];
  if (best === undefined) return undefined;
  return {
    provider: best.provider,
    model: best.id,
    reason: `${best.id} is the cheapest suitable model of the providers with a key.`,
  };
}

/** A compatible server's own models have no known prices: the first one that talks. */
function served(available: readonly Available[]): Choice | undefined {
  for (const { provider, models } of available) {
    const model = talking(models)[0];
    if (model !== undefined && modelInfo(provider, model)?.able !== false) {
      const { title } = providerInfo(provider);
      return { provider, model, reason: `${model} is what the ${title} offers.` };
    }
  }
  return undefined;
}

/** Servers list models for other work too. */
function talking(models: readonly string[]): string[] {
  return models.filter((model) => !/embed|rerank|whisper|bge-|minilm|clip|tts/i.test(model));
}

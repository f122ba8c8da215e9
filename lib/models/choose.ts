import type { Candidate, Decision } from '@/lib/spending/schema';
import { blendedPrice, dearerWords, type KnownModel, knownModels, modelInfo } from './catalogue';
import { orderBy, type Ranked, type Speeds } from './modes';
import { providerInfo, rehearsalModel } from './providers';
import { isRule, type ModelPolicy, type NamedPolicy, type ProviderId } from './schema';

/**
 * A provider that could be called now. `models`: what it offers, where that is known. `sees`, for a request with
 * pictures: whether a model takes them; undefined where nobody knows.
 */
export type Available = {
  provider: ProviderId;
  models: readonly string[];
  sees?: (model: string) => boolean | undefined;
};

export type Choice = {
  provider: ProviderId;
  model: string;
  /** One sentence for people: why this one. */
  reason: string;
  /** What was looked at beside it, for the record of the call. */
  decision: Decision;
};

export type Refusal = { refused: string };

type Rank = { able: Ranked[]; out: Candidate[]; whyNot?: (other: Ranked) => string };

/** Candidates that a decision names; the rest are counted. */
const maxCandidates = 30;

/**
 * Which model answers a call. An explicit policy is followed or refused, never replaced. `auto` takes a model on
 * this machine first, then the cheapest able one among the providers with a key, and else the rehearsal.
 * A mode orders the same models by its own rule. `tokens`: how large the request is, so that only models with room for
 * it count.
 */
export function chooseModel(
  policy: ModelPolicy,
  mode: 'live' | 'rehearsal',
  available: readonly Available[],
  tokens: number,
  speeds: Speeds = new Map(),
): Choice | Refusal {
  if (mode === 'rehearsal') return decided('rehearsal', rehearsed('The run is a rehearsal.'));
  if (!isRule(policy)) return explicit(policy, available);
  const rank = rankFor(policy, available, tokens, speeds);
  const [first] = rank.able;
  const localOnly = policy !== 'auto' && policy.localOnly === true;
  const eyes = available.filter(({ provider }) => !localOnly || providerInfo(provider).local);
  if (first === undefined && eyes.some(({ sees }) => sees !== undefined)) {
    return { refused: nobodySees };
  }
  if (first === undefined && localOnly) {
    return {
      refused:
        'No model was found on this machine, and nothing may leave it. Start Ollama or llama.cpp, or allow other models.',
    };
  }
  return decided(policyName(policy), first ?? rehearsed(noModel), rank);
}

const nobodySees =
  'This task comes with pictures, and no model here is known to see them. Add a key of a provider in Settings → Models, or load a local model that sees, such as Gemma 3.';

/** The models that could answer under a rule, in its order. */
export function rankFor(
  policy: Exclude<ModelPolicy, NamedPolicy>,
  available: readonly Available[],
  tokens: number,
  speeds: Speeds = new Map(),
): Rank {
  const rank = rankModels(available, tokens);
  if (policy === 'auto') return rank;
  const local = ({ provider }: { provider: ProviderId }) => providerInfo(provider).local;
  const able = policy.localOnly ? rank.able.filter(local) : rank.able;
  const left = rank.able.filter((each) => !able.includes(each));
  return {
    ...orderBy(policy.mode, able, speeds),
    out: [
      ...left.map(({ provider, model }) => ({
        ...{ provider, model },
        why: 'It is not on this machine, and nothing may leave it.',
      })),
      ...rank.out,
    ],
  };
}

/**
 * The models that could answer instead of a choice that there is no money for, the cheapest first: those on this machine,
 * then those with a known price. The scripted model is not among them: it does not do the work.
 */
export function cheaperModels(
  choice: Pick<Choice, 'provider' | 'model'>,
  policy: ModelPolicy,
  available: readonly Available[],
  tokens: number,
): Choice[] {
  const rank = rankModels(available, tokens);
  const stays = policy !== 'auto' && policy.localOnly === true;
  const others = rank.able.filter(
    ({ provider, model }) =>
      (provider !== choice.provider || model !== choice.model) &&
      (!stays || providerInfo(provider).local),
  );
  return others.map((other) => {
    const reason = `${choice.model} does not fit the budget, so a cheaper model answered.`;
    const first = { ...choice, why: 'There is no room for it in the budget.' };
    const cheaper = decided(policyName(policy), { ...other, reason }, rank);
    const { candidates } = cheaper.decision;
    const rest = candidates.filter(
      ({ provider, model }) => provider !== choice.provider || model !== choice.model,
    );
    return {
      ...cheaper,
      decision: {
        ...cheaper.decision,
        candidates: [{ provider: first.provider, model: first.model, why: first.why }, ...rest],
      },
    };
  });
}

export function policyName(policy: ModelPolicy): string {
  if (policy === 'auto') return 'auto';
  return 'mode' in policy ? policy.mode : `${policy.provider}/${policy.model}`;
}

/** A choice with its record: each model that was looked at, and why it was not taken. */
export function decided(policy: string, taken: Ranked, rank: Rank = { able: [], out: [] }): Choice {
  const others = rank.able.filter((each) => each !== taken);
  const whyNot = rank.whyNot ?? autoWhyNot(taken);
  const all = [
    { provider: taken.provider, model: taken.model },
    ...others.map((other) => ({
      ...{ provider: other.provider, model: other.model },
      why: whyNot(other),
    })),
    ...rank.out,
  ];
  const candidates = all.slice(0, maxCandidates);
  const more = all.length - candidates.length;
  const { reason } = taken;
  return { ...taken, decision: { policy, reason, candidates, ...(more > 0 ? { more } : {}) } };
}

const autoWhyNot = (taken: Ranked) => (other: Ranked) =>
  providerInfo(taken.provider).local
    ? 'A model on this machine comes first.'
    : dearerWords(other.provider, other.model);

export function rankModels(available: readonly Available[], tokens: number): Rank {
  const locals = available
    .filter(({ provider }) => providerInfo(provider).local)
    .flatMap(({ provider, models, sees }) =>
      answering(models, sees).map((model) => ({
        provider,
        model,
        reason: `${providerInfo(provider).title} runs on this machine, which costs nothing and keeps your data local.`,
      })),
    );
  const vendors = rankVendors(available, tokens);
  return { able: [...locals, ...vendors.able, ...served(available)], out: vendors.out };
}

const noModel = 'No provider has a key and no local model was found, so this answer is made up.';

function rehearsed(reason: string): Ranked {
  return { provider: 'rehearsal', model: rehearsalModel, reason };
}

function explicit(policy: NamedPolicy, available: readonly Available[]): Choice | Refusal {
  const { title, local } = providerInfo(policy.provider);
  if (policy.provider === 'rehearsal') {
    return decided('rehearsal', rehearsed('The test model was chosen: this answer is made up.'));
  }
  if (policy.localOnly && !local) {
    return {
      refused: `${policy.model} is not on this machine, and nothing may leave it. Choose a local model.`,
    };
  }
  const found = available.find(({ provider }) => provider === policy.provider);
  if (found?.sees?.(policy.model) === false) return seeingInstead(policy, available);
  if (found !== undefined) {
    const { provider, model } = policy;
    return decided(policyName(policy), { provider, model, reason: `${model} was chosen.` });
  }
  return {
    refused: local
      ? `${title} was not found on this machine. Start it or choose another model.`
      : `${title} has no key in this workspace. Add one in Settings → Models or choose another model.`,
  };
}

/** A model that takes no pictures answers nothing with pictures: the first that its policy names and that does. */
function seeingInstead(policy: NamedPolicy, available: readonly Available[]): Choice | Refusal {
  const other = (policy.fallback ?? []).find(({ provider, model }) => {
    const found = available.find((each) => each.provider === provider);
    const stays = policy.localOnly !== true || providerInfo(provider).local;
    return found?.sees !== undefined && found.sees(model) !== false && stays;
  });
  if (other === undefined) {
    return {
      refused: `${policy.model} cannot see pictures, and this task comes with some. Choose a model that can, or Auto, or leave the pictures out.`,
    };
  }
  const { provider, model } = other;
  const reason = `${policy.model} cannot see pictures, so ${model} answered.`;
  const out = [{ provider: policy.provider, model: policy.model, why: 'It cannot see pictures.' }];
  return decided(policyName(policy), { provider, model, reason }, { able: [], out });
}

function rankVendors(available: readonly Available[], tokens: number): Rank {
  const keyed = new Map(available.map((entry) => [entry.provider, entry]));
  const listed = knownModels.filter(({ provider }) => keyed.has(provider));
  const problemOf = (model: KnownModel): string | undefined => {
    const { models: offered = [], sees } = keyed.get(model.provider) ?? {};
    if (offered.length > 0 && !offered.includes(model.id)) return 'Its server does not offer it.';
    if (!model.able) return 'It is taken only when it is named.';
    if (sees !== undefined && sees(model.id) !== true) return 'It cannot see pictures.';
    if (model.contextTokens <= tokens) {
      return `The request does not fit its window of ${model.contextTokens} tokens.`;
    }
    return undefined;
  };
  const able = listed
    .filter((model) => problemOf(model) === undefined)
    .sort((a, b) => blendedPrice(a) - blendedPrice(b) || (a.id < b.id ? -1 : 1));
  return {
    able: able.map(({ provider, id }) => ({
      provider,
      model: id,
      reason: `${id} is the cheapest suitable model of the providers with a key.`,
    })),
    out: listed.flatMap((model) => {
      const why = problemOf(model);
      return why === undefined ? [] : [{ provider: model.provider, model: model.id, why }];
    }),
  };
}

/** A compatible server's own models have no known prices: the first one that talks. */
function served(available: readonly Available[]): Ranked[] {
  return available.flatMap(({ provider, models, sees }) => {
    const model = answering(models, sees)[0];
    if (model === undefined || providerInfo(provider).local) return [];
    if (modelInfo(provider, model)?.able === false) return [];
    const { title } = providerInfo(provider);
    return [{ provider, model, reason: `${model} is what the ${title} offers.` }];
  });
}

/** Of the models of a server those that answer, and where there are pictures those that are known to take them. */
const answering = (models: readonly string[], sees: Available['sees']): string[] =>
  talking(models).filter((model) => sees === undefined || sees(model) === true);

/** Servers list models for other work too. */
function talking(models: readonly string[]): string[] {
  return models.filter((model) => !/embed|rerank|whisper|bge-|minilm|clip|tts/i.test(model));
}

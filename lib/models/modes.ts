import { blendedPrice, dearerWords, modelInfo } from './catalogue';
import { providerInfo } from './providers';
import type { ModelMode, ModelPolicy, ProviderId } from './schema';

/** A model that could answer, and where it stands in the order of choice. */
export type Ranked = { provider: ProviderId; model: string; reason: string };

export const modeTitles: Readonly<Record<ModelMode, string>> = {
  cheapest: 'Cheapest',
  balanced: 'Balanced',
  fastest: 'Fastest',
  best: 'Best',
};

/** What a rule goes by, in a few words. */
export const modeHints: Readonly<Record<ModelMode, string>> = {
  cheapest: 'lowest known price',
  balanced: 'middle price',
  fastest: 'as measured here',
  best: 'highest list price',
};

/** A policy in a word or two. */
export function policyTitle(policy: ModelPolicy): string {
  if (policy === 'auto') return 'Auto';
  return 'mode' in policy ? modeTitles[policy.mode] : policy.model;
}

/** Tokens of answers per second that models gave lately, by `provider model`; those not measured are missing. */
export type Speeds = ReadonlyMap<string, number>;

export const speedKey = (provider: ProviderId, model: string) => `${provider} ${model}`;

type Ordered = { able: Ranked[]; whyNot: (other: Ranked) => string };

/**
 * The models that could answer, in the order of a rule. Nobody here measures how good answers are: a vendor's own list
 * price stands for how strong it takes a model to be, and a model without one comes last, but for its speed.
 */
export function orderBy(mode: ModelMode, able: readonly Ranked[], speeds: Speeds): Ordered {
  const cheap = able.toSorted((a, b) => priceOf(a) - priceOf(b));
  switch (mode) {
    case 'cheapest':
      return { able: cheap.map((each) => ({ ...each, reason: cheapReason(each) })), whyNot: costs };
    case 'best':
      return {
        able: able
          .toSorted((a, b) => strengthOf(b) - strengthOf(a))
          .map((each) => ({ ...each, reason: bestReason(each) })),
        whyNot: () => 'Its list price says that it is less strong.',
      };
    case 'balanced':
      return balanced(cheap);
    case 'fastest':
      return fastest(cheap, speeds);
  }
}

function balanced(cheap: readonly Ranked[]): Ordered {
  const priced = cheap.filter((each) => priceOf(each) > 0 && priceOf(each) < Infinity);
  const middle = priced[Math.floor((priced.length - 1) / 2)];
  const at = middle === undefined ? 0 : Math.log(priceOf(middle));
  // By ratio: a model at half the price is as far away as one at twice the price.
  const away = (each: Ranked) => {
    const price = priceOf(each);
    return price > 0 && price < Infinity ? Math.abs(Math.log(price) - at) : Infinity;
  };
  const reason = ({ model }: Ranked) =>
    middle === undefined
      ? `${model} answered: no suitable model has a price to be compared by.`
      : `${model} is nearest to the middle price of ${priced.length} suitable models.`;
  return {
    able: cheap
      .toSorted((a, b) => (away(a) === away(b) ? 0 : away(a) - away(b)))
      .map((each) => ({ ...each, reason: reason(each) })),
    whyNot: () => 'Its price is further from the middle.',
  };
}

function fastest(cheap: readonly Ranked[], speeds: Speeds): Ordered {
  const speedOf = ({ provider, model }: Ranked) => speeds.get(speedKey(provider, model)) ?? 0;
  const words = (each: Ranked) =>
    speedOf(each) > 0 ? `${speedOf(each).toFixed(speedOf(each) < 10 ? 1 : 0)} tokens a second` : '';
  return {
    able: cheap
      .toSorted((a, b) => speedOf(b) - speedOf(a))
      .map((each) => ({
        ...each,
        reason:
          speedOf(each) > 0
            ? `${each.model} was the fastest here in the last 30 days: ${words(each)}.`
            : `No speed was measured here yet, so the cheapest model answered: ${each.model}.`,
      })),
    whyNot: (other) =>
      speedOf(other) > 0 ? `It was slower: ${words(other)}.` : 'Its speed was not measured yet.',
  };
}

const isLocal = ({ provider }: Ranked) => providerInfo(provider).local;

/** Calls on this machine are free. */
const priceOf = (each: Ranked): number =>
  isLocal(each) ? 0 : blendedPrice(modelInfo(each.provider, each.model));

const strengthOf = (each: Ranked) => (priceOf(each) === Infinity ? -1 : priceOf(each));

function cheapReason(each: Ranked): string {
  if (isLocal(each)) return `${each.model} runs on this machine, which costs nothing.`;
  if (priceOf(each) === Infinity) return `${each.model} answered: no price is known here.`;
  return `${each.model} is the cheapest suitable model of the providers with a key.`;
}

function bestReason(each: Ranked): string {
  if (strengthOf(each) > 0) {
    return `${each.model} is the strongest suitable model, going by its vendor’s list price.`;
  }
  return `${each.model} answered: no suitable model has a list price to go by.`;
}

function costs(other: Ranked): string {
  return isLocal(other)
    ? 'Another model on this machine comes first.'
    : dearerWords(other.provider, other.model);
}

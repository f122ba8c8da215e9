import type { Hop } from '@/lib/spending/schema';
import { type Available, type Choice, decided, policyName, rankFor } from '../choose';
import type { Speeds } from '../modes';
import { providerInfo } from '../providers';
import { isRule, type ModelPolicy } from '../schema';
import { failureWords } from './reactions';

/** Other models that a rule tries when one fails. */
const maxAutomatic = 3;

/**
 * The models that answer when the chosen one fails, in order: those that the policy names, or for a rule the next ones
 * in its own order. What a model on this machine was to answer goes to no other machine, unless the policy names one.
 */
export function fallbackModels(
  choice: Pick<Choice, 'provider' | 'model'>,
  policy: ModelPolicy,
  available: readonly Available[],
  tokens: number,
  speeds: Speeds = new Map(),
): Choice[] {
  if (choice.provider === 'rehearsal') return [];
  const isOther = (other: Pick<Choice, 'provider' | 'model'>) =>
    other.provider !== choice.provider || other.model !== choice.model;
  if (isRule(policy)) {
    const rank = rankFor(policy, available, tokens, speeds);
    const { local } = providerInfo(choice.provider);
    return rank.able
      .filter((other) => isOther(other) && (!local || providerInfo(other.provider).local))
      .slice(0, maxAutomatic)
      .map((other) => decided(policyName(policy), other, rank));
  }
  const found = new Map(available.map((each) => [each.provider, each]));
  return (policy.fallback ?? [])
    .filter((other) => isOther(other) && found.has(other.provider))
    .filter(({ provider, model }) => found.get(provider)?.sees?.(model) !== false)
    .filter(({ provider }) => policy.localOnly !== true || providerInfo(provider).local)
    .map(({ provider, model }) =>
      decided(policyName(policy), { provider, model, reason: `${model} was chosen.` }),
    );
}

/** A choice that answers for others, with each of them on record. `key`: the name of the key it is asked with. */
export function afterHops(choice: Choice, hops: readonly Hop[], key?: string): Choice {
  const last = hops.at(-1);
  if (last === undefined) return choice;
  const failed = hops.map(({ provider, model, why }) => ({ provider, model, why }));
  const names = new Set(failed.map(({ provider, model }) => `${provider} ${model}`));
  names.delete(`${choice.provider} ${choice.model}`);
  const others = choice.decision.candidates.filter(
    ({ provider, model }) => !names.has(`${provider} ${model}`),
  );
  const by = isSame(last, choice) ? `the ${keyWords(key)}` : choice.model;
  const reason = `${last.why.replace(/\.$/, '')}, so ${by} answered.`;
  const candidates = [...others, ...failed.filter((each) => !isSame(each, choice))];
  return {
    ...choice,
    reason,
    decision: { ...choice.decision, reason, candidates, hops: [...hops] },
  };
}

type Named = { provider: string; model: string };

const isSame = (a: Named, b: Named) => a.provider === b.provider && a.model === b.model;

/** "key “Team A”"; the first key of a provider has no name. */
const keyWords = (name: string | undefined) => (name ? `key “${name}”` : 'first key');

/**
 * Why a model did not answer, as a sentence. `waitMs`: it is left alone for so long. `key`: the name of the key that it
 * was asked with, where its provider has several.
 */
export function hopOf(
  { provider, model }: Pick<Choice, 'provider' | 'model'>,
  kind: keyof typeof failureWords,
  { waitMs, key }: { waitMs?: number; key?: string | undefined } = {},
): Hop {
  const still = waitMs === undefined ? '' : ` and is left alone for ${spanWords(waitMs)}`;
  const by = key === undefined ? '' : ` (${keyWords(key)})`;
  return { provider, model, kind, why: `${model}${by} ${failureWords[kind]}${still}.` };
}

export function spanWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}

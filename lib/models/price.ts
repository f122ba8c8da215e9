import { modelInfo } from './catalogue';
import { providerInfo } from './providers';
import type { ModelUsage, ProviderId } from './schema';

export type Cost = {
  usage: ModelUsage;
  /** Said to people when the cost is not known; it then counts as 0. */
  note?: string;
};

/**
 * What a call cost in US dollars, at the catalogue's list prices: caches, batches and discounts left out, so it is
 * an estimate. Local and rehearsed calls cost nothing; an unknown price counts as 0 and is noted.
 */
export function priceCall(
  provider: ProviderId,
  model: string,
  tokens: { inputTokens: number; outputTokens: number },
): Cost {
  const free = { usage: { ...tokens, costUsd: 0 } };
  if (providerInfo(provider).local) return free;
  const price = modelInfo(provider, model)?.price;
  if (price === undefined) return { ...free, note: `The price of ${model} is unknown.` };
  const long =
    price.long !== undefined && tokens.inputTokens > price.long.above ? price.long : price;
  const costUsd = (tokens.inputTokens * long.input + tokens.outputTokens * long.output) / 1e6;
  return { usage: { ...tokens, costUsd } };
}

import { numberOf, type Pico, picoOfNumber } from '@/lib/spending/pico';
import { modelInfo, type Price } from './catalogue';
import { providerInfo } from './providers';
import type { Counted, ModelUsage, ProviderId } from './schema';
import { kindsOf } from './usage';

/** Pico-dollars a token; input of a cache costs what other input does where nothing else is said. */
type Rates = { input: Pico; output: Pico; cacheRead?: Pico; cacheWrite?: Pico };

/** `long`: for a whole call whose input has more than `above` tokens. */
export type TokenPrice = Rates & {
  long?: Rates & { above: number };
  /** Which list it is of. */
  list: string;
};

export type Cost = {
  usage: ModelUsage;
  pico: Pico;
  /** Said to people when the cost is not known; it then counts as 0. */
  note?: string;
  unpriced?: true;
};

/** The date of the prices that the product ships. */
export const shippedList = '2026-10';
const free: TokenPrice = { input: 0n, output: 0n, list: 'free' };

/** US dollars per million tokens are as many millionths of a dollar per token: 10^6 pico-dollars. */
export const perToken = (usdPerMillion: number): Pico => picoOfNumber(usdPerMillion) / 1_000_000n;

/** The price of a model by the product's own list; undefined where it is unknown. Local and scripted models are free. */
export function listPrice(provider: ProviderId, model: string): TokenPrice | undefined {
  if (providerInfo(provider).local) return free;
  const price = modelInfo(provider, model)?.price;
  return price === undefined ? undefined : tokenPrice(price, shippedList);
}

export function tokenPrice({ input, output, long, cache }: Price, list: string): TokenPrice {
  const rates = (given: { input: number; output: number }): Rates => {
    const paid = perToken(given.input);
    return {
      ...{ input: paid, output: perToken(given.output) },
      ...(cache === undefined ? {} : { cacheRead: share(paid, cache.read) }),
      ...(cache?.write === undefined ? {} : { cacheWrite: share(paid, cache.write) }),
    };
  };
  const longer = long === undefined ? {} : { long: { above: long.above, ...rates(long) } };
  return { ...rates({ input, output }), ...longer, list };
}

const share = (rate: Pico, thousandths: number): Pico => (rate * BigInt(thousandths)) / 1_000n;

/** What tokens cost at a price, exactly. */
export function costOf(price: TokenPrice, tokens: Counted): Pico {
  const { long } = price;
  const rates = long !== undefined && tokens.inputTokens > long.above ? long : price;
  const { fresh, cacheRead, cacheWrite } = kindsOf(tokens);
  return (
    BigInt(fresh) * rates.input +
    BigInt(cacheRead) * (rates.cacheRead ?? rates.input) +
    BigInt(cacheWrite) * (rates.cacheWrite ?? rates.input) +
    BigInt(tokens.outputTokens) * rates.output
  );
}

/**
 * The most that a call with so many tokens may cost: a longer input may have a higher price for all of it, and what a
 * vendor puts into its cache may cost more than other input.
 */
export function mostOf(price: TokenPrice, tokens: Counted): Pico {
  const plain = mostAt(price, tokens);
  if (price.long === undefined || tokens.inputTokens <= price.long.above) return plain;
  const long = mostAt(price.long, tokens);
  return long > plain ? long : plain;
}

function mostAt(rates: Rates, { inputTokens, outputTokens }: Counted): Pico {
  const { input, cacheWrite = input } = rates;
  const dearest = cacheWrite > input ? cacheWrite : input;
  return BigInt(inputTokens) * dearest + BigInt(outputTokens) * rates.output;
}

/** What a call cost, at list prices without batches and discounts. An unknown price counts as 0 and is noted. */
export function priceCall(price: TokenPrice | undefined, model: string, tokens: Counted): Cost {
  const { inputTokens, outputTokens } = tokens;
  const usage = { inputTokens, outputTokens };
  if (price === undefined) {
    return {
      ...{ usage: { ...usage, costUsd: 0 }, pico: 0n, unpriced: true as const },
      note: `The price of ${model} is unknown.`,
    };
  }
  const pico = costOf(price, tokens);
  return { usage: { ...usage, costUsd: numberOf(pico) }, pico };
}

import { numberOf, type Pico, picoOfNumber } from '@/lib/spending/pico';
import { modelInfo, type Price } from './catalogue';
import { providerInfo } from './providers';
import type { ModelUsage, ProviderId } from './schema';

/** Pico-dollars a token; `long` for a whole call whose input has more than `above` tokens. */
export type TokenPrice = {
  input: Pico;
  output: Pico;
  long?: { above: number; input: Pico; output: Pico };
  /** Which list it is of. */
  list: string;
};

type Tokens = { inputTokens: number; outputTokens: number };

export type Cost = {
  usage: ModelUsage;
  pico: Pico;
  /** Said to people when the cost is not known; it then counts as 0. */
  note?: string;
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

export function tokenPrice({ input, output, long }: Price, list: string): TokenPrice {
  return {
    input: perToken(input),
    output: perToken(output),
    ...(long === undefined
      ? {}
      : {
          long: { above: long.above, input: perToken(long.input), output: perToken(long.output) },
        }),
    list,
  };
}

/** What tokens cost at a price, exactly. */
export function costOf(price: TokenPrice, { inputTokens, outputTokens }: Tokens): Pico {
  const { long } = price;
  const rate = long !== undefined && inputTokens > long.above ? long : price;
  return BigInt(inputTokens) * rate.input + BigInt(outputTokens) * rate.output;
}

/** The most that a call with so many tokens may cost: a longer input may have a higher price for all of it. */
export function mostOf(price: TokenPrice, tokens: Tokens): Pico {
  const plain = costOf(price, tokens);
  if (price.long === undefined || tokens.inputTokens <= price.long.above) return plain;
  const long =
    BigInt(tokens.inputTokens) * price.long.input + BigInt(tokens.outputTokens) * price.long.output;
  return long > plain ? long : plain;
}

/**
 * What a call cost, at list prices: caches, batches and discounts left out, so it is an estimate. An unknown price
 * counts as 0 and is noted.
 */
export function priceCall(price: TokenPrice | undefined, model: string, tokens: Tokens): Cost {
  if (price === undefined) {
    return {
      usage: { ...tokens, costUsd: 0 },
      pico: 0n,
      note: `The price of ${model} is unknown.`,
    };
  }
  const pico = costOf(price, tokens);
  return { usage: { ...tokens, costUsd: numberOf(pico) }, pico };
}

import type { ProviderId } from './schema';

/** US dollars per million tokens. */
export type Price = {
  input: number;
  output: number;
  /** Another price for the whole call when its input has more than `above` tokens. */
  long?: { above: number; input: number; output: number };
  /** What input that a cache gave, or took, costs: in thousandths of other input. Absent: as much as any other. */
  cache?: { read: number; write?: number };
};

export type KnownModel = {
  provider: ProviderId;
  id: string;
  contextTokens: number;
  /** The vendor's public list price; absent where it was not known when this list was made. */
  price?: Price;
  /** Able enough to be chosen by `auto`. */
  able: boolean;
  /** Refuses a request that sets the temperature. */
  fixedTemperature: boolean;
  /** Takes pictures. */
  sees: boolean;
};

type Row = [id: string, contextTokens: number, input?: number, output?: number, flags?: string];

/**
 * Flags: `a` may be chosen by `auto`, `t` takes a temperature, `l` has a higher price for all of a call with a long
 * input, `b` (blind) takes no pictures. List prices of October 2026.
 */
const openai: Row[] = [
  ['gpt-6-astra', 1_050_000, 10, 50, 'al'],
  ['gpt-6.1-sol', 1_050_000, 2, 10, 'al'],
  ['gpt-6.1-terra', 1_050_000],
  ['gpt-6-sol', 1_050_000, 2, 10, 'al'],
  ['gpt-6-luna', 1_050_000, 0.1, 0.5, 'al'],
  ['gpt-5.6-sol', 1_050_000, 4, 20, 'al'],
  ['gpt-5.6-terra', 1_050_000, 2, 12, 'al'],
  ['gpt-5.6-luna', 1_050_000, 0.2, 1.2, 'al'],
  ['gpt-5.5', 1_050_000, 5, 30, 'al'],
  ['gpt-5.4', 1_050_000, 2.5, 15, 'al'],
  ['gpt-5.4-mini', 400_000, 0.75, 4.5, 'a'],
  ['gpt-5.4-nano', 400_000, 0.2, 1.25],
  ['gpt-5.2', 400_000, 1.75, 14],
  ['gpt-5.1', 400_000, 1.25, 10],
  ['gpt-5', 400_000, 1.25, 10],
  ['gpt-5-mini', 400_000, 0.25, 2],
  ['gpt-5-nano', 400_000, 0.05, 0.4],
  ['gpt-4.1', 1_047_576, 2, 8, 't'],
  ['gpt-4.1-mini', 1_047_576, 0.4, 1.6, 't'],
  ['gpt-4.1-nano', 1_047_576, 0.1, 0.4, 't'],
  ['gpt-4o', 128_000, 2.5, 10, 't'],
  ['gpt-4o-mini', 128_000, 0.15, 0.6, 't'],
  ['o3', 200_000, 2, 8],
  ['o4-mini', 200_000, 1.1, 4.4],
];

const anthropic: Row[] = [
  ['claude-fable-5-2', 1_000_000],
  ['claude-fable-5-1', 1_000_000, 10, 50, 'a'],
  ['claude-opus-5-5', 1_000_000, 4, 20, 'a'],
  ['claude-sonnet-5-5', 1_000_000, 2, 10, 'a'],
  ['claude-haiku-5-5', 1_000_000, 0.1, 0.5, 'a'],
  ['claude-opus-5', 1_000_000, 5, 25, 'a'],
  ['claude-sonnet-5', 1_000_000, 2, 10, 'a'],
  ['claude-opus-4-8', 1_000_000, 5, 25, 'a'],
  ['claude-opus-4-7', 1_000_000, 5, 25, 'a'],
  ['claude-opus-4-6', 1_000_000, 5, 25, 'at'],
  ['claude-sonnet-4-6', 1_000_000, 3, 15, 'at'],
  ['claude-haiku-4-5', 200_000, 1, 5, 'at'],
  ['claude-opus-4-5', 200_000, 5, 25, 'at'],
  ['claude-sonnet-4-5', 200_000, 3, 15, 'at'],
];

const google: Row[] = [
  ['gemini-4-argon', 1_048_576, undefined, undefined, 't'],
  ['gemini-4-carbon', 1_048_576, undefined, undefined, 't'],
  ['gemini-3.8-flash', 1_048_576, 0.75, 3.75, 'at'],
  ['gemini-3.7-flash', 1_048_576, 0.75, 3.75, 'at'],
  ['gemini-3.6-flash', 1_048_576, 0.75, 3.75, 'at'],
  ['gemini-3.5-flash', 1_048_576, 1.5, 9, 'at'],
  ['gemini-3.5-flash-lite', 1_048_576, 0.3, 2.5, 'at'],
  ['gemini-3.1-pro-preview', 1_048_576, 2, 12, 'at'],
  ['gemini-3.1-flash-lite', 1_048_576, 0.25, 1.5, 't'],
  ['gemini-2.5-pro', 1_048_576, 1.25, 10, 't'],
  ['gemini-2.5-flash', 1_048_576, 0.3, 2.5, 't'],
  ['gemini-2.5-flash-lite', 1_048_576, 0.1, 0.4, 't'],
];

const longPrices: Readonly<Record<string, Price['long']>> = {
  'claude-haiku-5-5': { above: 100_000, input: 0.5, output: 2.5 },
  'gemini-3.1-pro-preview': { above: 200_000, input: 4, output: 18 },
  'gemini-2.5-pro': { above: 200_000, input: 2.5, output: 15 },
};

/** What a cache costs, by model: the first that fits counts. In thousandths of the price of other input. */
const cachePrices: readonly (readonly [RegExp, NonNullable<Price['cache']>])[] = [
  [/^gpt-(?:6|5\.6)/, { read: 100, write: 1_250 }],
  [/^gpt-5/, { read: 100 }],
  [/^(?:gpt-4\.1|o3|o4)/, { read: 250 }],
  [/^gpt-4o/, { read: 500 }],
  [/^claude-fable-5-1/, { read: 25, write: 1_250 }],
  [/^claude-opus-5-5/, { read: 50, write: 1_250 }],
  [/^claude/, { read: 100, write: 1_250 }],
  [/^gemini/, { read: 100 }],
];

/** Models of the vendors that the product knows by name. Other names work too; their price is then unknown. */
export const knownModels: readonly KnownModel[] = [
  ...openai.map((row) => toModel('openai', row)),
  ...anthropic.map((row) => toModel('anthropic', row)),
  ...google.map((row) => toModel('google', row)),
];

const byName = new Map(knownModels.map((model) => [`${model.provider} ${model.id}`, model]));

/** Three parts of input to one of output is what agents use, roughly. Infinity where the price is unknown. */
export function blendedPrice(model: KnownModel | undefined): number {
  const price = model?.price;
  return price === undefined ? Infinity : price.input * 3 + price.output;
}

/** Why a model with a price is not the cheapest. */
export function dearerWords(provider: ProviderId, model: string): string {
  const price = modelInfo(provider, model)?.price;
  return price === undefined
    ? 'Its price is unknown.'
    : `It costs more: $${price.input} and $${price.output} per million tokens.`;
}

/** What is known about a model; a dated snapshot (`-2026-04-23`, `-20251001`, `-latest`) counts as its model. */
export function modelInfo(provider: ProviderId, model: string): KnownModel | undefined {
  const bare = model.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '');
  return byName.get(`${provider} ${model}`) ?? byName.get(`${provider} ${bare}`);
}

/** Tokens that a request and its answer may have together; a cautious guess for models that are not known. */
export function contextTokens(provider: ProviderId, model: string): number {
  return modelInfo(provider, model)?.contextTokens ?? 32_000;
}

function toModel(provider: ProviderId, [id, tokens, input, output, flags = '']: Row): KnownModel {
  const price = input === undefined || output === undefined ? undefined : { input, output };
  return {
    provider,
    id,
    contextTokens: tokens,
    ...(price === undefined ? {} : { price: { ...price, ...extras(id, price, flags) } }),
    able: flags.includes('a'),
    fixedTemperature: !flags.includes('t'),
    sees: !flags.includes('b'),
  };
}

function extras(id: string, { input, output }: Price, flags: string): Partial<Price> {
  const doubled = { above: 272_000, input: input * 2, output: output * 1.5 };
  const long = longPrices[id] ?? (flags.includes('l') ? doubled : undefined);
  const cache = cachePrices.find(([pattern]) => pattern.test(id))?.[1];
  return { ...(long === undefined ? {} : { long }), ...(cache === undefined ? {} : { cache }) };
}

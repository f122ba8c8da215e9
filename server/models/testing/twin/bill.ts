import type { Billed, Vendor } from './parts';

/** What the twin charges for a million tokens, in dollars: fresh, from its cache, to its cache, output. */
const rates: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'gpt-6-sol': [2, 0.2, 2.5, 10],
  'gpt-6-luna': [0.1, 0.01, 0.125, 0.5],
  'gpt-4.1': [2, 0.5, 2, 8],
  'claude-opus-5': [5, 0.5, 6.25, 25],
  'claude-sonnet-5-5': [2, 0.2, 2.5, 10],
  'gemini-3.8-flash': [0.75, 0.075, 0.75, 3.75],
  'gemini-2.5-flash': [0.3, 0.03, 0.3, 2.5],
};

export type Charge = Billed & { vendor: Vendor; model: string; pico: bigint };

/** A line of the twin's own bill: pico-dollars, which a millionth of these prices has a whole number of. */
export function chargeFor(vendor: Vendor, model: string, billed: Billed): Charge {
  const rate = rates[model] ?? [0, 0, 0, 0];
  const { fresh, read, write, text, thought } = billed;
  const counts = [fresh, read, write, text + thought];
  const pico = counts.reduce(
    (sum, count, index) => sum + BigInt(count) * BigInt(Math.round((rate[index] ?? 0) * 1_000_000)),
    0n,
  );
  return { vendor, model, ...billed, pico };
}

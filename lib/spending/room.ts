import { mostOf, type TokenPrice } from '@/lib/models/price';
import type { Pico } from './pico';

/** What a budget has in its window. */
export type Pot = { cap: Pico; spent: Pico; held: Pico };

/** Fewer tokens than this are no answer worth paying the request for. */
const leastTokens = 256;

export type Room =
  /** The call may cost `hold`; its vendor is told to write at most `maxTokens`. */
  | { fits: true; hold: Pico; maxTokens: number; limited: boolean }
  /** `busy`: what other calls hold is in the way, and may come back. */
  | { fits: false; busy: boolean; needed: Pico };

/**
 * Whether pots have room for a call, and for how long an answer. `input` is a bound that no request exceeds, so what is
 * held is never less than what the vendor bills; it enforces the rest as its own limit of tokens.
 */
export function roomFor(
  pots: readonly Pot[],
  price: TokenPrice,
  { input, want }: { input: number; want: number },
): Room {
  const least = Math.min(leastTokens, want);
  const most = (tokens: number) => mostOf(price, { inputTokens: input, outputTokens: tokens });
  const free = lowest(pots.map(({ cap, spent, held }) => cap - spent - held));
  const whole = most(want);
  if (whole <= free) return { fits: true, hold: whole, maxTokens: want, limited: false };
  const needed = most(least);
  if (needed > free) {
    const unspent = lowest(pots.map(({ cap, spent }) => cap - spent));
    return { fits: false, busy: needed <= unspent, needed };
  }
  // Of two rates the higher one may apply to the whole call: it bounds what each token costs.
  const rate = most(1) - most(0);
  const affordable = Number((free - most(0)) / rate);
  const maxTokens = Math.min(want, Math.max(least, affordable));
  return { fits: true, hold: most(maxTokens), maxTokens, limited: true };
}

const lowest = (amounts: readonly Pico[]): Pico =>
  amounts.reduce((least, each) => (each < least ? each : least));

/** The most tokens that a text may have: no tokenizer makes more of them than its UTF-8 has bytes. */
export function mostTokens(texts: readonly string[]): number {
  // Each message costs a few more for its role and the vendor's own frame.
  return texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length + 16, 64);
}

/** What a workspace allows of a model, or of all models of a provider. Null: as much as the provider does. */
export type ModelLimit = {
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  /** Calls at the same time. */
  atOnce: number | null;
};

/** What is left of the two allowances, as of `sinceMs` milliseconds ago; undefined: they are full. */
export type Pace = { requests: number; tokens: number; sinceMs: number };

export type Admission =
  | { ok: true; left: { requests: number; tokens: number } }
  /** Try again after so long, in milliseconds. */
  | { ok: false; waitMs: number }
  /** More tokens than the limit allows in a whole minute. */
  | { ok: false; never: true };

const minuteMs = 60_000;

/**
 * A token bucket whose size and refill together stay within the limit in every minute, however the calls fall: a
 * quarter of the limit may come at once, the rest is spread. Tokens are an estimate until the call ends, so a large
 * request is admitted by a full bucket and leaves it in debt.
 */
export function admit(limit: ModelLimit, pace: Pace | undefined, tokens: number): Admission {
  const requests = allowance(limit.requestsPerMinute, pace?.requests, pace?.sinceMs);
  const texts = allowance(limit.tokensPerMinute, pace?.tokens, pace?.sinceMs);
  if (limit.tokensPerMinute !== null && tokens > limit.tokensPerMinute) {
    return { ok: false, never: true };
  }
  const waitMs = Math.max(requests.waitFor(1), texts.waitFor(tokens));
  if (waitMs > 0) return { ok: false, waitMs: Math.ceil(waitMs) };
  return { ok: true, left: { requests: requests.left - 1, tokens: texts.left - tokens } };
}

function allowance(perMinute: number | null, left: number | undefined, sinceMs = 0) {
  // Nothing is owed where nothing is limited: a limit that is set later begins with a full bucket.
  if (perMinute === null) return { left: Number.POSITIVE_INFINITY, waitFor: () => 0 };
  const size = burstOf(perMinute);
  const perMs = refillOf(perMinute) / minuteMs;
  const now = left === undefined ? size : Math.min(size, left + Math.max(0, sinceMs) * perMs);
  // What 1e-6 of a request is short of by rounding is no reason to wait.
  const missing = (asked: number) => Math.min(asked, size) - now - 1e-6;
  return { left: now, waitFor: (asked: number) => Math.max(0, missing(asked)) / perMs };
}

export const burstOf = (perMinute: number): number => Math.max(1, Math.floor(perMinute / 4));
const refillOf = (perMinute: number) => perMinute - burstOf(perMinute) + 1;

/** "60 requests and 100,000 tokens a minute, 4 calls at once" */
export function limitWords({ requestsPerMinute, tokensPerMinute, atOnce }: ModelLimit): string {
  const count = (n: number, noun: string) =>
    `${n.toLocaleString('en-GB')} ${noun}${n === 1 ? '' : 's'}`;
  const paced = [
    requestsPerMinute === null ? undefined : count(requestsPerMinute, 'request'),
    tokensPerMinute === null ? undefined : count(tokensPerMinute, 'token'),
  ].filter((part) => part !== undefined);
  return [
    paced.length === 0 ? undefined : `${paced.join(' and ')} a minute`,
    atOnce === null ? undefined : `${count(atOnce, 'call')} at once`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

import { createHash } from 'node:crypto';

/** What a request shows of who sent it. */
export type Shown = { cookie: string | undefined; authorization: string | undefined };

/** Requests of one address by people and programs whom nobody has recognised. */
export type Strangers = {
  /** Whether one more may go on. A session or key that was recognised a short time ago is never counted. */
  admit(address: string, shown: Shown, request: { cost: number; hook: boolean }): boolean;
  /** Remembers that what was shown is a session or a key of ours. */
  know(shown: Shown): void;
};

/** Units a second and at once: a request to the API is one, a page is more. */
const usual = { perSecond: 20, burst: 300 };
/** Webhooks of a large sender come from few addresses; each webhook has its own, smaller budget once it is verified. */
const hooks = { perSecond: 100, burst: 400 };
const knownMs = 10 * 60_000;
const maxKnown = 10_000;
const maxAddresses = 20_000;

type Bucket = { left: number; at: number };

/** One for each process. `now` is in milliseconds and never goes back. */
export function createStrangers(now: () => number = () => performance.now()): Strangers {
  const known = new Map<string, number>();
  const buckets = new Map<string, Bucket>();
  return {
    admit(address, shown, { cost, hook }) {
      const name = nameOf(shown);
      if (name !== undefined && (known.get(name) ?? Number.NEGATIVE_INFINITY) > now()) return true;
      const { perSecond, burst } = hook ? hooks : usual;
      const key = hook ? `hook ${address}` : address;
      const before = buckets.get(key);
      const passed = before ? ((now() - before.at) * perSecond) / 1000 : 0;
      const left = Math.min(burst, (before?.left ?? burst) + passed);
      const admitted = left >= cost;
      // Taken out and put in again: the first in the map is the one that was silent for the longest time.
      buckets.delete(key);
      if (buckets.size >= maxAddresses) forgetFirst(buckets);
      buckets.set(key, { left: admitted ? left - cost : left, at: now() });
      return admitted;
    },
    know(shown) {
      const name = nameOf(shown);
      if (name === undefined) return;
      known.delete(name);
      if (known.size >= maxKnown) forgetFirst(known);
      known.set(name, now() + knownMs);
    },
  };
}

function forgetFirst(map: Map<string, unknown>): void {
  const first = map.keys().next();
  if (!first.done) map.delete(first.value);
}

/** A short name for a session or key, so that no secret is kept. A key counts before a cookie, as it does elsewhere. */
function nameOf({ cookie, authorization }: Shown): string | undefined {
  const secret =
    authorization ??
    /(?:^|;\s*)(?:__Secure-)?ensemble\.session_token=([^;]+)/.exec(cookie ?? '')?.[1];
  return secret && createHash('sha256').update(secret).digest('base64url');
}

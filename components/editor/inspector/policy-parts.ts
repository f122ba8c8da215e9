import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import type { Json } from '@/lib/workflows/draft/draft-value';
import type { Policy } from '@/lib/workflows/schema';

type Retry = NonNullable<Policy['retry']>;

/** What holds where a policy says nothing. */
export const retryDefaults = { attempts: 3, backoffMs: 1_000, maxBackoffMs: 60_000 } as const;
/** The engine's own spread of waits. */
export const usualJitter = 0.25;
/** How long an output is taken again, unless somebody says so. */
const usualCacheMs = 3_600_000;

/** The policy with one part set; undefined takes it back to what is usual. */
export function withPart<Part extends keyof Policy>(
  policy: Policy | undefined,
  part: Part,
  value: Policy[Part] | undefined,
): Policy {
  const { [part]: _, ...rest } = policy ?? {};
  return value === undefined ? rest : { ...rest, [part]: value };
}

/** The policy with one part of its retries set; retries that are as usual are left out. */
export function withRetry(policy: Policy | undefined, part: Partial<Retry>): Policy {
  const given = Object.entries({ ...retryDefaults, ...policy?.retry, ...part });
  const retry = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Retry;
  for (const [name, usual] of Object.entries(retryDefaults)) {
    retry[name as keyof typeof retryDefaults] ??= usual;
  }
  const usual =
    retry.jitter === undefined &&
    retry.codes === undefined &&
    Object.entries(retryDefaults).every(([name, value]) => retry[name as keyof Retry] === value);
  return withPart(policy, 'retry', usual ? undefined : retry);
}

/** Codes as people write them, with commas between. */
export const codesOf = (text: string): string[] | undefined => {
  const codes = text.split(/[\s,]+/).filter(Boolean);
  return codes.length > 0 ? codes : undefined;
};

/** The policy with what an output is taken again by; an empty key takes that away. */
export function withCache(
  policy: Policy | undefined,
  part: { key?: string; forMs?: number | undefined },
): Policy {
  const key = part.key ?? policy?.cache?.key ?? '';
  const forMs = ('forMs' in part ? part.forMs : policy?.cache?.forMs) ?? usualCacheMs;
  return withPart(policy, 'cache', key.trim() === '' ? undefined : { key, forMs });
}

/** What happens when the step fails for good; a value to go on with is kept only where it is used. */
export function withOnError(policy: Policy | undefined, onError: Policy['onError']): Policy {
  const next = withPart(policy, 'onError', onError === 'fail' ? undefined : onError);
  return onError === 'continue' ? next : withPart(next, 'fallback', undefined);
}

/** JSON in a text; undefined for an empty one. Throws for anything else. */
export function jsonOf(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  const read = readJson(text);
  if (!read.ok) throw new SyntaxError(jsonProblemText(read.problem));
  return read.value as Json;
}

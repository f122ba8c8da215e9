import { providerInfo } from '@/lib/models/providers';
import type { ProviderId } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import { type Facts, factsOf } from './failure-facts';

/**
 * What a provider's failure means, as data and in a sentence that says what to do. `secret` is cut out of the
 * vendor's own words, and its error is not kept as a cause: it may hold headers.
 */
export function modelFailure(
  error: unknown,
  provider: ProviderId,
  model: string,
  secret: string,
): StepError {
  const known = stepErrorIn(error);
  if (known !== undefined) return known;
  return judged(factsOf(error, secret), providerInfo(provider), model);
}

type Provider = { title: string; local: boolean };

function judged(facts: Facts, { title, local }: Provider, model: string): StepError {
  const { status, said, retryAfterMs } = facts;
  const make = (code: string, message: string, retryable = false) =>
    new StepError(code, message, {
      retryable,
      ...(retryable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
    });
  if (status === undefined) {
    return make('model_unavailable', `${title} did not answer: ${said}`, true);
  }
  if (status === 401 || facts.about === 'key') {
    return make(
      'model_key_refused',
      `${title} rejected this workspace’s key (${status}). Enter a valid key in Settings → Models.`,
    );
  }
  if (facts.about === 'credit' || status === 402) {
    return make(
      'model_quota_used',
      `The account at ${title} has no credit or quota left. Check its billing, or choose another model.`,
    );
  }
  if (facts.about === 'length' || status === 413) {
    return make(
      'model_too_long',
      `The request is too long for ${model}: ${said} Shorten it, or choose a model with a larger window.`,
    );
  }
  if (status === 403) {
    return make(
      'model_key_refused',
      `${title} does not allow this workspace’s key to use ${model} (403): ${said}`,
    );
  }
  if (status === 404) {
    return make(
      'model_unknown',
      `${title} has no model "${model}" for this key. Choose another model.`,
    );
  }
  if (status === 429) {
    return make('model_rate_limited', `${title} has too many requests (429).`, true);
  }
  if (status === 408 || status === 409 || status === 425 || status >= 500) {
    const hint = local ? ' Look at its log.' : '';
    const why = said === '' ? '' : `: ${said}`;
    return make(
      'model_unavailable',
      `${title} has an internal problem (${status})${why}${hint}`,
      true,
    );
  }
  return make('model_rejected', `${title} rejects the request (${status}): ${said}`);
}

function stepErrorIn(error: unknown): StepError | undefined {
  let inner: unknown = error;
  for (let depth = 0; depth < 8 && inner !== undefined && inner !== null; depth += 1) {
    if (StepError.isInstance(inner)) return inner;
    inner = at(inner, 'cause');
  }
  return undefined;
}

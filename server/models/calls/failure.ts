import type { FailureKind, ToldKind } from '@/lib/models/failing/reactions';
import { providerInfo } from '@/lib/models/providers';
import type { ProviderId } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import { classOf } from './failure-class';
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
  const facts = factsOf(error, secret);
  const kind = classOf(facts);
  const failure = judged(facts, kind, providerInfo(provider), model);
  kinds.set(failure, kind);
  return failure;
}

/** What was found out of a failure when it was judged. */
const kinds = new WeakMap<StepError, FailureKind>();

/** Kinds of the failures that come about on the way, without a word of the provider. */
const byCode: Readonly<Record<string, FailureKind>> = {
  model_unavailable: 'transient',
  model_broke_off: 'transient',
  model_garbled: 'transient',
  model_ended_oddly: 'transient',
  model_stalled: 'stalled',
  model_key_lost: 'credential',
  model_prompt_cut: 'long',
  model_refused: 'refused',
  model_limit_reached: 'limit',
};

/** What kind of failure of a model an error is; undefined for one that no model had. */
export function kindOf(error: unknown): FailureKind | undefined {
  if (!StepError.isInstance(error)) return undefined;
  return kinds.get(error) ?? (Object.hasOwn(byCode, error.code) ? byCode[error.code] : undefined);
}

type Provider = { title: string; local: boolean };

function judged(
  facts: Facts,
  kind: ToldKind,
  { title, local }: Provider,
  model: string,
): StepError {
  const { status, said, retryAfterMs } = facts;
  const make = (code: string, message: string, retryable = false) =>
    new StepError(code, message, {
      retryable,
      ...(retryable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
    });
  switch (kind) {
    case 'credential':
      return make(
        'model_key_refused',
        `${title} rejected this workspace’s key (${status}). Enter a valid key in Settings → Models.`,
      );
    case 'quota':
      return make(
        'model_quota_used',
        `The account at ${title} has no credit or quota left. Check its billing, or choose another model.`,
      );
    case 'long':
      return make(
        'model_too_long',
        `The request is too long for ${model}: ${said} Shorten it, or choose a model with a larger window.`,
      );
    case 'access':
      return status === 403 ||
        status === 451 ||
        (status === 400 && /location|region|country/i.test(said))
        ? make(
            'model_key_refused',
            `${title} does not allow this workspace’s key to use ${model} (${status}): ${said}`,
          )
        : make(
            'model_unknown',
            `${title} has no model "${model}" for this key. Choose another model.`,
          );
    case 'rate':
      return make('model_rate_limited', `${title} has too many requests (429).`, true);
    case 'refused':
      return make('model_refused', `${title} refused to answer: ${said} Change the prompt.`);
    case 'transient':
    case 'stalled': {
      if (status === undefined) {
        return make('model_unavailable', `${title} did not answer: ${said}`, true);
      }
      const hint = local ? ' Look at its log.' : '';
      const why = said === '' ? '' : `: ${said}`;
      return make(
        'model_unavailable',
        `${title} has an internal problem (${status})${why}${hint}`,
        true,
      );
    }
    case 'caller':
      return make('model_rejected', `${title} rejects the request (${status}): ${said}`);
  }
}

function stepErrorIn(error: unknown): StepError | undefined {
  let inner: unknown = error;
  for (let depth = 0; depth < 8 && inner !== undefined && inner !== null; depth += 1) {
    if (StepError.isInstance(inner)) return inner;
    inner = at(inner, 'cause');
  }
  return undefined;
}

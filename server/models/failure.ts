import { providerInfo } from '@/lib/models/providers';
import type { ProviderId } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/define-node';

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
  const { title, local } = providerInfo(provider);
  const status = (error as { status?: unknown } | undefined)?.status;
  const said = wordsOf(error, secret);
  const make = (code: string, message: string, retryable = false) =>
    new StepError(code, message, { retryable });
  if (typeof status !== 'number') {
    return make('model_unavailable', `${title} did not answer: ${said}`, true);
  }
  if (status === 401 || status === 403) {
    return make(
      'model_key_refused',
      `${title} refuses the key of this workspace (${status}). Enter a valid one in the settings.`,
    );
  }
  if (status === 404) {
    return make(
      'model_unknown',
      `${title} has no model "${model}" for this key. Choose another one.`,
    );
  }
  if (status === 402 || (status === 429 && /quota|billing|credit/i.test(said))) {
    return make(
      'model_quota_used',
      `The account at ${title} has no credit or quota left. Check its billing, or choose another model.`,
    );
  }
  if (status === 429) {
    return make('model_rate_limited', `${title} is asked too often just now (429).`, true);
  }
  if (status === 408 || status === 409 || status >= 500) {
    const hint = local ? ' Look at its log.' : '';
    return make('model_unavailable', `${title} has a problem of its own (${status}).${hint}`, true);
  }
  return make('model_rejected', `${title} rejects the request (${status}): ${said}`);
}

function stepErrorIn(error: unknown): StepError | undefined {
  let inner: unknown = error;
  for (let depth = 0; depth < 8 && inner !== undefined && inner !== null; depth += 1) {
    if (StepError.isInstance(inner)) return inner;
    inner = (inner as { cause?: unknown }).cause;
  }
  return undefined;
}

function wordsOf(error: unknown, secret: string): string {
  const raw = error instanceof Error ? error.message : String(error);
  const plain = secret.length >= 4 ? raw.replaceAll(secret, '…') : raw;
  // Vendors repeat keys with their middle masked: what looks like one goes too.
  const clean = plain
    .replace(/\b(?:sk|pk|key|AIza|xai|gsk)[-_]?[\w*.-]{12,}/gi, '…')
    .replace(/\s+/g, ' ')
    .trim();
  const short = clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
  return short === '' ? 'without a reason.' : short;
}

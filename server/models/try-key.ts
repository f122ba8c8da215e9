import type { ProviderId } from '@/lib/models/schema';
import type { Services } from '@/server/services';
import { modelFailure } from './calls/failure';
import { rejectedBy } from './keys/keys';
import { openVendor } from './providers/vendor';

const patienceMs = 5_000;

/** `wrong`: the key or its address is no good, as an error of the field; else `problem` says why it is not tried. */
export type Tried = { triedAt: Date | null; problem: string | null; wrong?: string };

/** Asks a provider for its models, which costs nothing. Never rejects. */
export async function tryKey(
  { egress, log }: Pick<Services, 'egress' | 'log'>,
  provider: ProviderId,
  { key, baseUrl }: { key: string; baseUrl: string },
): Promise<Tried> {
  try {
    const opened = openVendor(provider, { key, baseUrl, fetch: egress.fetch() });
    await opened?.list(AbortSignal.timeout(patienceMs));
    return { triedAt: new Date(), problem: null };
  } catch (error) {
    const failure = modelFailure(error, provider, '', key);
    if (failure.code === 'address_refused' || failure.code === 'invalid_url') {
      const problem = failure.message;
      return { triedAt: new Date(), problem, wrong: `baseUrl: ${problem}` };
    }
    if (failure.code === 'model_key_refused') {
      const problem = rejectedBy(provider);
      return { triedAt: new Date(), problem, wrong: `key: ${problem}` };
    }
    log.warn({ provider, code: failure.code }, 'a key could not be tried');
    return { triedAt: null, problem: `It could not be tried: ${failure.message}` };
  }
}

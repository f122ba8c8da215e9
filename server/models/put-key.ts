import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { putProviderKey as contract } from '@/lib/models/contract';
import { providerInfo } from '@/lib/models/providers';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { modelFailure } from './calls/failure';
import { storeKey } from './keys/key-store';
import { openVendor } from './providers/vendor';

const patienceMs = 5_000;

/**
 * Stores or replaces a provider's key, sealed. A key that the provider refuses is refused here too; a provider
 * that cannot be reached just now is no reason to. Throws `invalid_input`.
 */
export async function putKey(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { provider } = params;
  const info = providerInfo(provider);
  if (info.local || provider === 'rehearsal') {
    throw new AppError('invalid_input', `${info.title} runs on this machine and needs no key.`);
  }
  const key = body.key.trim();
  const baseUrl = body.baseUrl?.replace(/\/+$/, '');
  if (key === '' && provider !== 'compatible') {
    throw new AppError('invalid_input', `key: enter the key of ${info.title}.`);
  }
  if (provider === 'compatible' && baseUrl === undefined) {
    throw new AppError('invalid_input', 'baseUrl: enter the server’s URL, up to /v1.');
  }
  // A header could not carry it, and the error would quote it.
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new AppError('invalid_input', 'key: it contains invalid characters. Copy it again.');
  }
  await tryKey(services, provider, key, baseUrl ?? info.baseUrl ?? '');
  const hint = key.length < 12 ? '' : `…${key.slice(-4)}`;
  const sealed = services.vault.seal({ workspaceId: actor.workspaceId, provider }, key);
  await storeKey(services.prisma, actor, { provider, sealed, hint, baseUrl: baseUrl ?? null });
  return { provider, hint };
}

async function tryKey(
  services: Services,
  provider: Parameters<typeof openVendor>[0],
  key: string,
  baseUrl: string,
): Promise<void> {
  try {
    const opened = openVendor(provider, { key, baseUrl, fetch: services.egress.fetch() });
    await opened?.list(AbortSignal.timeout(patienceMs));
  } catch (error) {
    const failure = modelFailure(error, provider, '', key);
    if (failure.code === 'address_refused' || failure.code === 'invalid_url') {
      throw new AppError('invalid_input', `baseUrl: ${failure.message}`);
    }
    if (failure.code === 'model_key_refused') {
      throw new AppError('invalid_input', `key: ${providerInfo(provider).title} rejected it.`);
    }
    services.log.warn({ provider, code: failure.code }, 'a new key could not be tried');
  }
}

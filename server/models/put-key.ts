import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { putProviderKey as contract } from '@/lib/models/contract';
import { providerInfo } from '@/lib/models/providers';
import type { ProviderId } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { clearAnswers } from './answers/answer-store';
import { storeKey } from './keys/key-store';
import { viewKey } from './keys/view-key';
import { tryKey } from './try-key';

/** Each call looks at all. */
const maxKeys = 10;

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
  const { name = '' } = body;
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
  if (name !== '' && provider === 'compatible') {
    throw new AppError('invalid_input', 'name: another server has one key only.');
  }
  await requireRoom(services, actor, provider, name);
  const tried = await tryKey(services, provider, { key, baseUrl: baseUrl ?? info.baseUrl ?? '' });
  if (tried.wrong !== undefined) throw new AppError('invalid_input', tried.wrong);
  const { triedAt, problem } = tried;
  const hint = key.length < 12 ? '' : `…${key.slice(-4)}`;
  const sealed = services.vault.seal({ workspaceId: actor.workspaceId, provider }, key);
  const stored = { provider, name, sealed, hint, baseUrl: baseUrl ?? null, triedAt, problem };
  await storeKey(services.prisma, actor, stored);
  // Another key may be another account, and another address another model of the same name.
  await clearAnswers(services.pool, actor.workspaceId, provider);
  return { provider, ...viewKey(stored) };
}

async function requireRoom(
  { prisma }: Services,
  { workspaceId }: Actor,
  provider: ProviderId,
  name: string,
): Promise<void> {
  const others = await prisma.providerKey.count({
    where: { workspaceId, provider, name: { not: name } },
  });
  if (others < maxKeys) return;
  throw new AppError('conflict', `A provider has at most ${maxKeys} keys. Remove one first.`);
}

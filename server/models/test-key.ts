import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { testProviderKey as contract } from '@/lib/models/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { accountOf, createCooling } from './cooling/cooling';
import { findKeys } from './keys/keys';
import { VaultError } from './keys/vault';
import { viewKey } from './keys/view-key';
import { tryKey } from './try-key';

/**
 * Tries a stored key and notes what came of it. One that is taken is asked again at once, whatever was known of it.
 * Throws `not_found`, and `conflict` where the key was replaced meanwhile.
 */
export async function testKey(
  services: Services,
  { workspaceId }: Actor,
  { params: { provider }, body: { name = '' } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, vault, pool } = services;
  const where = { workspaceId_provider_name: { workspaceId, provider, name } };
  const row = await prisma.providerKey.findUnique({ where });
  const keys = await findKeys(prisma, vault, workspaceId, provider);
  const stored = keys.find((key) => key.name === name);
  if (row === null || stored === undefined) {
    throw new AppError('not_found', 'This provider has no such key.');
  }
  const { baseUrl } = stored;
  const key = opened(stored.open);
  const { triedAt, problem } =
    key === undefined
      ? { triedAt: new Date(), problem: 'It cannot be decrypted. Enter it again.' }
      : await tryKey(services, provider, { key, baseUrl });
  const { count } = await prisma.providerKey.updateMany({
    where: { id: row.id, wrappedKey: row.wrappedKey },
    data: { triedAt, problem },
  });
  if (count === 0) throw new AppError('conflict', 'This key was replaced meanwhile. Try it again.');
  if (key !== undefined && triedAt !== null && problem === null) {
    const account = accountOf(key, baseUrl);
    await createCooling(pool).clear({ workspaceId, account, provider, model: '*' });
  }
  return viewKey({ ...row, triedAt, problem });
}

function opened(open: () => string): string | undefined {
  try {
    return open();
  } catch (error) {
    if (VaultError.isInstance(error)) return undefined;
    throw error;
  }
}

import { providerInfo } from '@/lib/models/providers';
import { type ProviderId, providerIds } from '@/lib/models/schema';
import type { Prisma } from '@/server/db/prisma';
import type { SealedPlace } from './rotate';
import type { Vault } from './vault';

/** What people may know of a stored key. */
export type KeyInfo = { provider: ProviderId; hint: string; baseUrl: string | undefined };

/** The providers that have a key (or, for compatible servers, a URL) in a workspace. Decrypts nothing. */
export async function listKeys(prisma: Prisma, workspaceId: string): Promise<KeyInfo[]> {
  const rows = await prisma.providerKey.findMany({
    where: { workspaceId },
    select: { provider: true, hint: true, baseUrl: true },
  });
  return rows.flatMap(({ provider, hint, baseUrl }) => {
    const id = providerIds.find((known) => known === provider);
    const url = baseUrl ?? (id && providerInfo(id).baseUrl);
    return id === undefined ? [] : [{ provider: id, hint, baseUrl: url }];
  });
}

/** The decrypted key for one call, or undefined. Throws `VaultError`. */
export async function openKey(
  prisma: Prisma,
  vault: Vault,
  workspaceId: string,
  provider: ProviderId,
): Promise<{ key: string; baseUrl: string } | undefined> {
  const row = await prisma.providerKey.findUnique({
    where: { workspaceId_provider: { workspaceId, provider } },
  });
  const baseUrl = row?.baseUrl ?? providerInfo(provider).baseUrl;
  if (row === null || baseUrl === undefined) return undefined;
  return { key: vault.open({ workspaceId, provider }, row), baseUrl };
}

export const providerKeyPlace: SealedPlace = {
  title: 'key of a model provider',
  table: 'provider_key',
  key: ['id'],
  owner: ['workspace_id', 'provider'],
  ownerOf: ([workspaceId = '', provider = '']) => ({ workspaceId, provider }),
};

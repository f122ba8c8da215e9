import { providerInfo } from '@/lib/models/providers';
import { type ProviderId, providerIds } from '@/lib/models/schema';
import type { Prisma } from '@/server/db/prisma';
import type { SealedPlace } from './rotate';
import type { Vault } from './vault';

/** What people may know of a stored key. */
export type KeyInfo = {
  provider: ProviderId;
  name: string;
  hint: string;
  baseUrl: string | undefined;
  /** When the provider last took it, or did not: `problem` says why. Null: it could not be tried yet. */
  triedAt: Date | null;
  problem: string | null;
};

/** A key that a call may use. */
export type UsableKey = {
  name: string;
  baseUrl: string;
  /** Decrypts it. Throws `VaultError` where that is not possible. */
  open: () => string;
  /** Takes down what a call found out: the provider's refusal, or null when it answered. Says so only where that is news. */
  note: (problem: string | null) => Promise<void>;
};

/** What people read of a key that its provider does not take. */
export const rejectedBy = (provider: ProviderId): string =>
  `${providerInfo(provider).title} rejected it.`;

/** In the order in which calls use them. */
const inOrder = [{ createdAt: 'asc' }, { id: 'asc' }] as const;

/**
 * The keys of a workspace's providers (or, for compatible servers, a URL), in the order in which calls use them.
 * Decrypts nothing.
 */
export async function listKeys(prisma: Prisma, workspaceId: string): Promise<KeyInfo[]> {
  const rows = await prisma.providerKey.findMany({
    where: { workspaceId },
    select: {
      ...{ provider: true, name: true, hint: true, baseUrl: true, triedAt: true, problem: true },
    },
    orderBy: [...inOrder],
  });
  return rows.flatMap(({ provider, baseUrl, ...key }) => {
    const id = providerIds.find((known) => known === provider);
    const url = baseUrl ?? (id && providerInfo(id).baseUrl);
    return id === undefined ? [] : [{ ...key, provider: id, baseUrl: url }];
  });
}

/** The keys of a provider, in the order in which calls use them. */
export async function findKeys(
  prisma: Prisma,
  vault: Vault,
  workspaceId: string,
  provider: ProviderId,
): Promise<UsableKey[]> {
  const rows = await prisma.providerKey.findMany({
    where: { workspaceId, provider },
    orderBy: [...inOrder],
  });
  return rows.flatMap((row) => {
    const baseUrl = row.baseUrl ?? providerInfo(provider).baseUrl;
    if (baseUrl === undefined) return [];
    return [
      {
        ...{ name: row.name, baseUrl },
        open: () => vault.open({ workspaceId, provider }, row),
        note: (problem) => noteFound(prisma, row, problem),
      },
    ];
  });
}

/** Only on the key that was used: one that took its place meanwhile was not asked. */
async function noteFound(
  prisma: Prisma,
  row: { id: string; wrappedKey: Uint8Array<ArrayBuffer>; problem: string | null },
  problem: string | null,
): Promise<void> {
  if (row.problem === problem) return;
  await prisma.providerKey.updateMany({
    where: { id: row.id, wrappedKey: row.wrappedKey },
    data: { triedAt: new Date(), problem },
  });
}

/** The server that a workspace entered by its address. Throws `VaultError`. */
export async function openServer(
  prisma: Prisma,
  vault: Vault,
  workspaceId: string,
): Promise<{ key: string; baseUrl: string } | undefined> {
  const [first] = await findKeys(prisma, vault, workspaceId, 'compatible');
  return first && { key: first.open(), baseUrl: first.baseUrl };
}

export const providerKeyPlace: SealedPlace = {
  title: 'key of a model provider',
  table: 'provider_key',
  key: ['id'],
  owner: ['workspace_id', 'provider'],
  ownerOf: ([workspaceId = '', provider = '']) => ({ workspaceId, provider }),
};

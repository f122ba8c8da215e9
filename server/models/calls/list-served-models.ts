import type { Prisma } from '@/server/db/prisma';
import { openServer } from '../keys/keys';
import type { Vault } from '../keys/vault';
import { compatibleProvider } from '../providers/compatible';

const patienceMs = 1_000;
const keptMs = 60_000;

/** What the compatible server of a workspace offers; nothing when it does not answer. Asked once a minute. */
export type Served = (workspaceId: string) => Promise<string[]>;

export function createServed(
  parts: { prisma: Prisma; vault: Vault },
  vendorFetch: typeof fetch,
): Served {
  const known = new Map<string, { at: number; models: Promise<string[]> }>();
  const ask = async (workspaceId: string): Promise<string[]> => {
    try {
      const stored = await openServer(parts.prisma, parts.vault, workspaceId);
      if (stored === undefined) return [];
      const provider = compatibleProvider('compatible', { ...stored, fetch: vendorFetch });
      return await provider.list(AbortSignal.timeout(patienceMs));
    } catch {
      return [];
    }
  };
  return (workspaceId) => {
    const last = known.get(workspaceId);
    if (last !== undefined && Date.now() - last.at < keptMs) return last.models;
    for (const [id, { at }] of known) if (Date.now() - at >= keptMs) known.delete(id);
    const models = ask(workspaceId);
    known.set(workspaceId, { at: Date.now(), models });
    return models;
  };
}

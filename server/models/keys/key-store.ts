import type { ProviderId } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import type { Prisma } from '@/server/db/prisma';
import type { Sealed } from './vault';

export type StoredKey = {
  provider: ProviderId;
  name: string;
  sealed: Sealed;
  hint: string;
  baseUrl: string | null;
  /** Null: it could not be tried. */
  triedAt: Date | null;
  problem: string | null;
};

/** Stores a key, or replaces the one of its name, with its line in the audit trail. It keeps its place in the order. */
export async function storeKey(
  prisma: Prisma,
  actor: Actor,
  { provider, name, sealed, ...more }: StoredKey,
): Promise<void> {
  const { workspaceId } = actor;
  const data = { ...sealed, ...more, createdBy: actor.userId };
  await prisma.$transaction([
    prisma.providerKey.upsert({
      where: { workspaceId_provider_name: { workspaceId, provider, name } },
      create: { ...data, workspaceId, provider, name },
      update: data,
    }),
    prisma.audit.create({ data: auditRow(actor, 'key.stored', provider, name) }),
  ]);
}

/** Whether there was one to remove. */
export async function removeKey(
  prisma: Prisma,
  actor: Actor,
  { provider, name }: { provider: ProviderId; name: string },
): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    const { count } = await db.providerKey.deleteMany({
      where: { workspaceId: actor.workspaceId, provider, name },
    });
    if (count > 0) await db.audit.create({ data: auditRow(actor, 'key.removed', provider, name) });
    return count > 0;
  });
}

function auditRow(actor: Actor, action: string, provider: ProviderId, name: string) {
  return {
    workspaceId: actor.workspaceId,
    actorId: actor.userId,
    action,
    subjectType: 'provider',
    subjectId: provider,
    ...(name === '' ? {} : { detail: { name } }),
  };
}

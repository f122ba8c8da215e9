import type { ProviderId } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import type { Prisma } from '@/server/db/prisma';
import type { Sealed } from './vault';

export type StoredKey = {
  provider: ProviderId;
  sealed: Sealed;
  hint: string;
  baseUrl: string | null;
};

/** Stores or replaces a key, with its line in the audit trail. */
export async function storeKey(
  prisma: Prisma,
  actor: Actor,
  { provider, sealed, hint, baseUrl }: StoredKey,
): Promise<void> {
  const { workspaceId } = actor;
  const data = { ...sealed, hint, baseUrl, createdBy: actor.userId, createdAt: new Date() };
  await prisma.$transaction([
    prisma.providerKey.upsert({
      where: { workspaceId_provider: { workspaceId, provider } },
      create: { ...data, workspaceId, provider },
      update: data,
    }),
    prisma.audit.create({ data: auditRow(actor, 'key.stored', provider) }),
  ]);
}

/** Whether there was one to remove. */
export async function removeKey(
  prisma: Prisma,
  actor: Actor,
  provider: ProviderId,
): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    const { count } = await db.providerKey.deleteMany({
      where: { workspaceId: actor.workspaceId, provider },
    });
    if (count > 0) await db.audit.create({ data: auditRow(actor, 'key.removed', provider) });
    return count > 0;
  });
}

function auditRow(actor: Actor, action: string, provider: ProviderId) {
  return {
    workspaceId: actor.workspaceId,
    actorId: actor.userId,
    action,
    subjectType: 'provider',
    subjectId: provider,
  };
}

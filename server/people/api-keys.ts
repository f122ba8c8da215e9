import { defaultKeyHasher } from '@better-auth/api-key';
import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { can } from '@/lib/people/can';
import type {
  createApiKey as createContract,
  deleteApiKey,
  listApiKeys as listContract,
} from '@/lib/people/contract';
import type { Actor, Person } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import {
  deleteAllKeysOf,
  deleteKey,
  findKey,
  findKeyByHash,
  keysOfWorkspace,
  touchKey,
} from './key-store';
import { type Db, insertAudit } from './store';

const metadataSchema = z.object({ workspaceId: z.string() });

/** The person and the workspace that an API key stands for, or undefined when it is not valid (any more). */
export async function readApiKey(
  db: Db,
  key: string,
): Promise<{ person: Person; workspaceId: string; apiKeyId: string } | undefined> {
  const row = await findKeyByHash(db, await defaultKeyHasher(key));
  const metadata = metadataSchema.safeParse(row?.metadata);
  if (!row?.user || !metadata.success) return undefined;
  await touchKey(db, row);
  const { id: userId, name, email } = row.user;
  return {
    person: { userId, name, email },
    workspaceId: metadata.data.workspaceId,
    apiKeyId: row.id,
  };
}

/** Makes a key that acts as its maker in this workspace. Its text is in this answer and never again. */
export async function createApiKey(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof createContract>,
): Promise<ResultOf<typeof createContract>> {
  if (actor.apiKeyId) {
    throw new AppError('forbidden', 'An API key cannot create another one. Sign in instead.');
  }
  const made = await services.auth.api.createApiKey({
    body: {
      name: body.name,
      userId: actor.userId,
      metadata: { workspaceId: actor.workspaceId },
      ...(body.expiresInDays ? { expiresIn: body.expiresInDays * 86_400 } : {}),
    },
  });
  await insertAudit(services.prisma, {
    workspaceId: actor.workspaceId,
    actorId: actor.userId,
    action: 'api-key.created',
    subjectType: 'api-key',
    subjectId: made.id,
    detail: { name: body.name },
  });
  return {
    id: made.id,
    name: body.name,
    start: made.start ?? '',
    key: made.key,
    ownerId: actor.userId,
    ownerName: actor.name,
    createdAt: made.createdAt.toISOString(),
    expiresAt: made.expiresAt?.toISOString() ?? null,
    lastUsedAt: null,
  };
}

/** One's own keys of this workspace; everyone's for who may manage members. Newest first. */
export async function listApiKeys(
  services: Services,
  actor: Actor,
): Promise<ResultOf<typeof listContract>> {
  const rows = await keysOfWorkspace(services.prisma, actor.workspaceId);
  const seesAll = can(actor.role, 'members.manage');
  return {
    items: rows
      .filter((row) => seesAll || row.referenceId === actor.userId)
      .map((row) => ({
        id: row.id,
        name: row.name ?? '',
        start: row.start ?? '',
        ownerId: row.referenceId,
        ownerName: row.ownerName,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt?.toISOString() ?? null,
        lastUsedAt: row.lastRequest?.toISOString() ?? null,
      })),
  };
}

/** Ends a key at once: one's own, or anyone's for who may manage members. Throws `not_found`. */
export async function revokeApiKey(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof deleteApiKey>,
): Promise<ResultOf<typeof deleteApiKey>> {
  await services.prisma.$transaction(async (tx) => {
    const row = await findKey(tx, actor.workspaceId, params.id);
    const mine = row?.referenceId === actor.userId || can(actor.role, 'members.manage');
    if (!row || !mine) throw new AppError('not_found', 'This API key does not exist.');
    await deleteKey(tx, row.id);
    await insertAudit(tx, {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action: 'api-key.revoked',
      subjectType: 'api-key',
      subjectId: row.id,
      detail: { name: row.name ?? '' },
    });
  });
  return { id: params.id };
}

/** After a person changed their password: how many keys of theirs still work, in all workspaces; none when `revoke`. */
export async function keysAfterChange(
  { prisma }: Pick<Services, 'prisma'>,
  userId: string,
  revoke: boolean,
): Promise<number> {
  if (!revoke) return prisma.apikey.count({ where: { referenceId: userId } });
  await prisma.$transaction(async (tx) => {
    for (const { id, workspaceId, name } of await deleteAllKeysOf(tx, userId)) {
      if (workspaceId === undefined) continue;
      await insertAudit(tx, {
        workspaceId,
        actorId: userId,
        action: 'api-key.revoked',
        subjectType: 'api-key',
        subjectId: id,
        detail: { name },
      });
    }
  });
  return 0;
}

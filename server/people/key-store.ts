import { at } from '@/lib/values/unknown';
import type { Db } from './store';

/** A valid key by its hash, with the person it acts as. Undefined when unknown, switched off or expired. */
export async function findKeyByHash(db: Db, hash: string) {
  const row = await db.apikey.findFirst({ where: { key: hash } });
  if (!row || row.enabled === false) return undefined;
  if (row.expiresAt && row.expiresAt.getTime() <= Date.now()) return undefined;
  const user = await db.user.findUnique({ where: { id: row.referenceId } });
  return { ...row, metadata: parse(row.metadata), user };
}

/** Notes that the key was used, at most once a minute: a busy key must not cost a write per request. */
export async function touchKey(
  db: Db,
  row: { id: string; lastRequest: Date | null },
): Promise<void> {
  const now = Date.now();
  if (row.lastRequest && now - row.lastRequest.getTime() < 60_000) return;
  await db.apikey.updateMany({ where: { id: row.id }, data: { lastRequest: new Date(now) } });
}

/** Keys made for a workspace, newest first, whoever made them. */
export async function keysOfWorkspace(db: Db, workspaceId: string) {
  const members = await db.member.findMany({
    where: { organizationId: workspaceId },
    include: { user: true },
  });
  const names = new Map(members.map((member) => [member.userId, member.user.name]));
  const rows = await db.apikey.findMany({
    where: { referenceId: { in: [...names.keys()] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return rows
    .filter((row) => isOf(row.metadata, workspaceId))
    .map((row) => ({ ...row, ownerName: names.get(row.referenceId) ?? '' }));
}

export async function findKey(db: Db, workspaceId: string, id: string) {
  const row = await db.apikey.findUnique({ where: { id } });
  return row && isOf(row.metadata, workspaceId) ? row : undefined;
}

export async function deleteKey(db: Db, id: string): Promise<void> {
  await db.apikey.deleteMany({ where: { id } });
}

/** Deletes the keys that a person made for a workspace. */
export async function deleteKeysOf(db: Db, userId: string, workspaceId: string): Promise<void> {
  const rows = await db.apikey.findMany({ where: { referenceId: userId } });
  const ids = rows.filter((row) => isOf(row.metadata, workspaceId)).map((row) => row.id);
  await db.apikey.deleteMany({ where: { id: { in: ids } } });
}

/** Deletes all keys of a person, and tells which they were. */
export async function deleteAllKeysOf(
  db: Db,
  userId: string,
): Promise<{ id: string; name: string; workspaceId: string | undefined }[]> {
  const rows = await db.apikey.findMany({ where: { referenceId: userId } });
  await db.apikey.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return rows.map(({ id, name, metadata }) => {
    const workspaceId = at(parse(metadata), 'workspaceId');
    return {
      id,
      name: name ?? '',
      workspaceId: typeof workspaceId === 'string' ? workspaceId : undefined,
    };
  });
}

function isOf(metadata: string | null, workspaceId: string): boolean {
  return at(parse(metadata), 'workspaceId') === workspaceId;
}

/** Metadata is a text column that better-auth fills with JSON. */
function parse(metadata: string | null): unknown {
  try {
    return JSON.parse(metadata ?? 'null');
  } catch {
    return null;
  }
}

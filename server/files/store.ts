import type { TimeCursor } from '@/lib/api/cursor';
import type { FileInfo } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Prisma } from '@/server/db/prisma';

const infoFields = { id: true, name: true, mediaType: true, size: true, createdAt: true } as const;

type InfoRow = Types.FileGetPayload<{ select: typeof infoFields }>;

function toInfo(row: InfoRow): FileInfo {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Files from new to old behind the cursor. One more than `limit`, where there are more. */
export async function filesBefore(
  prisma: Prisma,
  workspaceId: string,
  limit: number,
  before: TimeCursor | undefined,
): Promise<FileInfo[]> {
  const older = before && {
    OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, id: { lt: before.id } }],
  };
  const rows = await prisma.file.findMany({
    where: { workspaceId, ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: infoFields,
  });
  return rows.map(toInfo);
}

export type NewFile = { name: string; mediaType: string; sha256: string; bytes: Uint8Array };

export async function insertFile(prisma: Prisma, actor: Actor, file: NewFile): Promise<FileInfo> {
  const { bytes, ...fields } = file;
  return prisma.$transaction(async (db) => {
    const row = await db.file.create({
      data: {
        ...fields,
        size: bytes.byteLength,
        data: Uint8Array.from(bytes),
        workspaceId: actor.workspaceId,
        createdBy: actor.userId,
      },
      select: infoFields,
    });
    await audit(db, actor, 'file.uploaded', row);
    return toInfo(row);
  });
}

/** Whether there was one in the actor's workspace. */
export async function removeFile(prisma: Prisma, actor: Actor, id: string): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    const where = { id, workspaceId: actor.workspaceId };
    const row = await db.file.findFirst({ where, select: infoFields });
    const { count } = await db.file.deleteMany({ where });
    if (row === null || count === 0) return false;
    await audit(db, actor, 'file.deleted', row);
    return true;
  });
}

async function audit(
  db: Types.TransactionClient,
  actor: Actor,
  action: string,
  row: InfoRow,
): Promise<void> {
  await db.audit.create({
    data: {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action,
      subjectType: 'file',
      subjectId: row.id,
      detail: { name: row.name, size: row.size },
    },
  });
}

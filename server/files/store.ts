import { randomUUID } from 'node:crypto';
import type { TimeCursor } from '@/lib/api/cursor';
import { AppError } from '@/lib/api/errors';
import type { FileInfo } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Prisma } from '@/server/db/prisma';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

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

/**
 * Stores a file with its trail. Uploads to one workspace are weighed one after another, so that two at once cannot pass
 * its quota together. Its bytes go to Postgres as they are, not as text of twice the size. Throws `too_large`.
 */
export function insertFile(
  { pool, config }: Pick<Services, 'pool' | 'config'>,
  actor: Actor,
  file: NewFile,
): Promise<FileInfo> {
  const { bytes, name, mediaType, sha256 } = file;
  const size = bytes.byteLength;
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(72707371, hashtext($1))', [actor.workspaceId]);
    const { rows: sums } = await client.query<{ used: string }>(
      'select coalesce(sum(size), 0) as used from file where workspace_id = $1',
      [actor.workspaceId],
    );
    const most = config.fileBytesPerWorkspace;
    if (Number(sums[0]?.used) + size > most) {
      const megabytes = Math.round(most / 1_000_000);
      throw new AppError(
        'too_large',
        `The files of this workspace would exceed ${megabytes} MB. Delete files you no longer need.`,
      );
    }
    const { rows } = await client.query<{ id: string; createdAt: Date }>(
      `insert into file (id, workspace_id, name, media_type, size, sha256, data, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id, created_at as "createdAt"`,
      [randomUUID(), actor.workspaceId, name, mediaType, size, sha256, bytes, actor.userId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the file was not stored');
    await insertAudit(client, actor, 'file.uploaded', { type: 'file', id: row.id }, { name, size });
    return toInfo({ ...row, name, mediaType, size });
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

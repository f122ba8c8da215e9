import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { FileEntry, FileInfo } from '@/lib/files/contract';
import { endingsOf, type FileKind } from '@/lib/files/file-kinds';
import type { Actor } from '@/lib/people/schema';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Prisma } from '@/server/db/prisma';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdRoom, refuseFull } from './room';

const infoFields = { id: true, name: true, mediaType: true, size: true, createdAt: true } as const;

type InfoRow = Types.FileGetPayload<{ select: typeof infoFields }>;

function toInfo(row: InfoRow): FileInfo {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

type Wanted = {
  limit: number;
  before: TimeCursor | undefined;
  q?: string | undefined;
  kind?: FileKind | undefined;
  from?: 'people' | 'runs' | undefined;
};
type EntryRow = Omit<FileEntry, 'createdAt' | 'keptUntil'> & {
  createdAt: Date;
  keptUntil: Date | null;
};

/** Files that fit, from new to old behind the cursor. One more than `limit`, where there are more. */
export async function filesBefore(
  pool: Pool,
  workspaceId: string,
  { limit, before, q = '', kind, from }: Wanted,
): Promise<FileEntry[]> {
  const words = q.split(/\s+/).filter(Boolean).slice(0, 10);
  const endings = kind === undefined ? undefined : endingsOf(kind);
  const { rows } = await pool.query<EntryRow>(
    `select f.id, f.name, f.media_type as "mediaType", f.size, f.created_at as "createdAt",
       f.expires_at as "keptUntil",
       case when f.created_by is not null then coalesce(u.name, 'Somebody who left') end
         as "createdBy"
     from file f left join "user" u on u.id = f.created_by
     where f.workspace_id = $1
       and ($2::timestamptz is null or (f.created_at, f.id) < ($2, $3::uuid))
       and f.name ilike all ($4::text[])
       and ($5::text is null or (f.name ~* $5) = $6)
       and ($7::boolean is null or (f.created_by is not null) = $7)
     order by f.created_at desc, f.id desc limit $8`,
    [
      ...[workspaceId, before?.at ?? null, before?.id ?? null],
      words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
      ...[endings?.pattern ?? null, endings?.fits ?? null],
      ...[from === undefined ? null : from === 'people', limit + 1],
    ],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    keptUntil: row.keptUntil?.toISOString() ?? null,
  }));
}

export async function hasFile(pool: Pool, workspaceId: string, id: string): Promise<boolean> {
  const found = await pool.query('select 1 from file where workspace_id = $1 and id = $2', [
    ...[workspaceId, id],
  ]);
  return found.rowCount === 1;
}

/** A file that the actor uploaded. */
export async function findFile(
  client: Pick<Pool, 'query'>,
  { workspaceId, userId }: Actor,
  id: string,
): Promise<FileInfo | undefined> {
  const { rows } = await client.query<InfoRow>(
    `select id, name, media_type as "mediaType", size, created_at as "createdAt"
     from file where workspace_id = $1 and created_by = $2 and id = $3`,
    [workspaceId, userId, id],
  );
  return rows[0] && toInfo(rows[0]);
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
    refuseFull(config, await holdRoom(client, actor.workspaceId), size);
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

import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { FileInfo } from '@/lib/files/contract';
import type { Upload } from '@/lib/files/uploads/contract';
import {
  keepHours,
  maxChunks,
  maxFilesOfPeople,
  maxUnfinished,
  maxUnfinishedOfPerson,
} from '@/lib/files/uploads/limits';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { holdRoom, refuseFull } from '../room';

const fields = `id, name, size, received, claim,
  touched_at + interval '${keepHours} hours' as "expiresAt"`;
const own = 'id = $1 and workspace_id = $2 and created_by = $3';
type Row = Omit<Upload, 'expiresAt'> & { expiresAt: Date };

const toUpload = (row: Row): Upload => ({ ...row, expiresAt: row.expiresAt.toISOString() });
const idsOf = ({ workspaceId, userId }: Actor, id: string) => [id, workspaceId, userId];

type New = { id?: string | undefined; name: string; size: number };

/**
 * Takes the room that a file will need; under an id that the actor's upload has already it is that one. Throws `too_large` or
 * `conflict` where there is no room.
 */
export function insertUpload(
  { pool, config }: Pick<Services, 'pool' | 'config'>,
  actor: Actor,
  { id = randomUUID(), name, size }: New,
): Promise<Upload> {
  return transaction(pool, async (client) => {
    const room = await holdRoom(client, actor.workspaceId);
    const begun = await findUpload(client, actor, id);
    if (begun?.name === name && begun.size === size) return begun;
    refuseFull(config, room, size);
    if (room.uploads >= maxUnfinished) {
      const message = `${maxUnfinished} uploads of this workspace are not finished. Finish or cancel some, or try again tomorrow.`;
      throw new AppError('conflict', message);
    }
    if ((await unfinishedOf(client, actor)) >= maxUnfinishedOfPerson) {
      const message = `${maxUnfinishedOfPerson} uploads of yours are not finished. Finish or cancel some.`;
      throw new AppError('conflict', message);
    }
    if (room.ofPeople >= maxFilesOfPeople) {
      const message = `This workspace has ${maxFilesOfPeople} files already. Delete files you no longer need.`;
      throw new AppError('too_large', message);
    }
    const { rows } = await client.query<Row>(
      `insert into upload (id, workspace_id, created_by, name, size)
       select $1, $2, $3, $4, $5 where not exists (select from file where id = $1)
       on conflict (id) do nothing returning ${fields}`,
      [...idsOf(actor, id), name, size],
    );
    const [row] = rows;
    if (row !== undefined) return toUpload(row);
    throw new AppError('conflict', 'There is a file or another upload with this id already.');
  });
}

/** Uploads of the actor that are not finished. */
async function unfinishedOf(client: PoolClient, { workspaceId, userId }: Actor): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from upload where workspace_id = $1 and created_by = $2',
    [workspaceId, userId],
  );
  return rows[0]?.count ?? 0;
}

export async function findUpload(
  client: Pick<Pool, 'query'>,
  actor: Actor,
  id: string,
): Promise<Upload | undefined> {
  const { rows } = await client.query<Row>(
    `select ${fields} from upload where ${own}`,
    idsOf(actor, id),
  );
  return rows[0] && toUpload(rows[0]);
}

export async function takeUpload(
  pool: Pool,
  actor: Actor,
  id: string,
): Promise<Upload | undefined> {
  const { rows } = await pool.query<Row>(
    `update upload set claim = claim + 1, touched_at = now() where ${own} returning ${fields}`,
    idsOf(actor, id),
  );
  return rows[0] && toUpload(rows[0]);
}

type Chunk = { offset: number; claim: number; bytes: Uint8Array };

/** Stores bytes and how far the upload has come, or nothing: undefined where it is not at that place under that claim. */
export async function appendChunk(
  pool: Pool,
  actor: Actor,
  id: string,
  { offset, claim, bytes }: Chunk,
): Promise<Upload | undefined> {
  const { rows } = await pool.query<Row>(
    `with moved as (
       update upload set received = received + $6, touched_at = now()
       where ${own} and received = $4 and claim = $5 and received + $6 <= size
         and (received + $6 = size or $6 >= ceil(size / ${maxChunks}.0))
       returning *
     ), kept as (
       insert into upload_chunk (upload_id, start, data) select id, $4, $7 from moved
     ) select ${fields} from moved`,
    [...idsOf(actor, id), offset, claim, bytes.byteLength, bytes],
  );
  return rows[0] && toUpload(rows[0]);
}

/** The upload, which nobody else finishes, cancels or adds to until the transaction is over. */
export async function holdUpload(
  client: PoolClient,
  actor: Actor,
  id: string,
): Promise<Upload | undefined> {
  const { rows } = await client.query<Row>(
    `select ${fields} from upload where ${own} for update`,
    idsOf(actor, id),
  );
  return rows[0] && toUpload(rows[0]);
}

/** The first bytes of an upload that is held; all where `bytes` says nothing. */
export async function beginningOf(
  client: PoolClient,
  id: string,
  bytes = 2_147_483_647,
): Promise<Uint8Array> {
  const { rows } = await client.query<{ data: Buffer | null }>(
    `select substring(string_agg(data, ''::bytea order by start) from 1 for $2::int) as data
     from upload_chunk where upload_id = $1 and start < $2`,
    [id, bytes],
  );
  return rows[0]?.data ?? new Uint8Array(0);
}

/** Whether a NUL stands anywhere in an upload that is held. */
export async function holdsNul(client: PoolClient, id: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
       select from upload_chunk where upload_id = $1 and position('\\x00'::bytea in data) > 0
     ) as found`,
    [id],
  );
  return rows[0]?.found === true;
}

export type Made = FileInfo & { sha256: string };

/** Makes the file of a held upload inside of the database: its bytes do not come through this process. */
export async function moveToFile(
  client: PoolClient,
  id: string,
  mediaType: string,
): Promise<Made | undefined> {
  const { rows } = await client.query<Omit<Made, 'createdAt'> & { createdAt: Date }>(
    `insert into file (id, workspace_id, name, media_type, size, sha256, data, created_by)
     select u.id, u.workspace_id, u.name, $2, u.size, encode(sha256(w.data), 'hex'), w.data, u.created_by
     from upload u, lateral (
       select string_agg(data, ''::bytea order by start) as data from upload_chunk where upload_id = u.id
     ) w where u.id = $1 and octet_length(w.data) = u.size
     returning id, name, media_type as "mediaType", size, sha256, created_at as "createdAt"`,
    [id, mediaType],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  await client.query('delete from upload where id = $1', [id]);
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** Whether there was one. */
export async function removeUpload(pool: Pool, actor: Actor, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(`delete from upload where ${own}`, idsOf(actor, id));
  return rowCount === 1;
}

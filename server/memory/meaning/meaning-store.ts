import type { Pool, PoolClient } from 'pg';
import type { Quantised } from '@/lib/embeddings/vector';
import type { Json } from '@/lib/memory/merge/leaf';

type Db = Pool | PoolClient;
/** Vectors that are compared number by number: those whose signs are nearest, with some that may be out of date. */
const candidates = 300;
/** Holds off other processes while one reads meanings. */
const lockKey = 7_604_211;

const live = 'not e.deleted and (e.expires_at is null or e.expires_at > now())';

export type Unread = { spaceId: string; path: string; version: number; value: Json };

/** Whether this process may read meanings until its transaction ends. */
export async function holdReading(db: PoolClient): Promise<boolean> {
  const { rows } = await db.query<{ held: boolean }>(
    'select pg_try_advisory_xact_lock($1) as held',
    [lockKey],
  );
  return rows[0]?.held === true;
}

/** Entries whose meaning was not read since they were written, of all workspaces, the oldest first. */
export async function unreadEntries(db: Db, limit: number): Promise<Unread[]> {
  const { rows } = await db.query<Unread>(
    `select e.space_id as "spaceId", e.path, e.version, e.value from memory_entry e
     where not e.embedded and ${live} order by e.updated_at limit $1`,
    [limit],
  );
  return rows;
}

export type Read = Pick<Unread, 'spaceId' | 'path' | 'version'> & {
  /** Undefined where the entry has no meaning that a model can tell. */
  meaning: { vector: Quantised; code: string } | undefined;
};

/** Keeps meanings of entries that still have the version that was read. Passes by those that somebody writes just now. */
export async function keepMeanings(db: Db, embedder: string, read: readonly Read[]): Promise<void> {
  const given = read.map(({ spaceId, path, version, meaning }) => ({
    ...{ space_id: spaceId, path, version },
    vector: meaning === undefined ? null : Buffer.from(meaning.vector.buffer).toString('base64'),
    code: meaning?.code ?? null,
  }));
  await db.query(
    `with given as (
       select g.*, e.workspace_id from json_to_recordset($1::json)
         as g(space_id uuid, path text, version int, vector text, code text)
       join memory_entry e on e.space_id = g.space_id and e.path = g.path and e.version = g.version
       for update of e skip locked
     ), kept as (
       insert into memory_meaning as m (space_id, path, workspace_id, version, embedder, vector, code)
       select space_id, path, workspace_id, version, $2, decode(vector, 'base64'), code::bit(512)
       from given where vector is not null
       on conflict (space_id, path) do update set version = excluded.version, embedder = excluded.embedder,
         vector = excluded.vector, code = excluded.code where m.version <= excluded.version
     )
     update memory_entry e set embedded = true from given g
     where e.space_id = g.space_id and e.path = g.path and e.version = g.version`,
    [JSON.stringify(given), embedder],
  );
}

/** Vectors of entries that are gone. */
export async function dropMeanings(db: Db): Promise<void> {
  await db.query(
    `delete from memory_meaning m using memory_entry e
     where e.space_id = m.space_id and e.path = m.path and e.deleted`,
  );
}

type Near = { workspaceId: string; spaceIds: readonly string[]; embedder: string; code: string };
export type NearRecord = { spaceId: string; path: string; vector: Quantised };

/** Entries of these spaces whose vectors point nearest by their signs, and of them those that still have the version that was read. */
export async function nearEntries(
  db: Db,
  { workspaceId, spaceIds, embedder, code }: Near,
): Promise<NearRecord[]> {
  const { rows } = await db.query<{ spaceId: string; path: string; vector: Buffer }>(
    `select m.space_id as "spaceId", m.path, m.vector from (
       select n.space_id, n.path from memory_meaning n
       where n.workspace_id = $1 and n.space_id = any($2::uuid[]) and n.embedder = $3
       order by bit_count(n.code # $4::bit(512)) limit $5) near
     join memory_meaning m on m.space_id = near.space_id and m.path = near.path
     join memory_entry e on e.space_id = m.space_id and e.path = m.path and e.version = m.version
     where e.workspace_id = $1 and ${live}`,
    [workspaceId, spaceIds, embedder, code, candidates],
  );
  return rows.map(({ vector, ...at }) => ({
    ...at,
    vector: new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength),
  }));
}

/** How many entries of these spaces are not found by their meaning yet. */
export async function countUnread(
  db: Db,
  { workspaceId, spaceIds }: Pick<Near, 'workspaceId' | 'spaceIds'>,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from memory_entry e
     where e.workspace_id = $1 and e.space_id = any($2::uuid[]) and not e.embedded and ${live}`,
    [workspaceId, spaceIds],
  );
  return rows[0]?.count ?? 0;
}

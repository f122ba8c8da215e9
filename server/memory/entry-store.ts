import type { Pool, PoolClient } from 'pg';
import type { Json } from '@/lib/memory/merge/leaf';
import type { Author, Outcome } from '@/lib/memory/schema';
import { transaction } from '@/server/db/transaction';

export type Db = Pool | PoolClient;

export type EntryRecord = {
  path: string;
  version: number;
  value: Json;
  deleted: boolean;
  /** Its time is over, though nobody has marked it so yet. */
  expired: boolean;
  checksum: string;
  author: Author;
  flagged: boolean;
  conflict: boolean;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};
export type VersionRecord = {
  path: string;
  version: number;
  number: number;
  value: Json;
  deleted: boolean;
  checksum: string;
  previous: string;
  baseVersion: number | null;
  strategy: string;
  outcome: Outcome;
  author: Author;
  expiresAt: Date | null;
  createdAt: Date;
};

const entryColumns = `e.path, e.version, e.value, e.deleted, coalesce(e.expires_at <= now(), false) as expired,
  e.checksum, e.author, e.flagged, e.expires_at as "expiresAt", e.created_at as "createdAt",
  e.updated_at as "updatedAt", exists (select from memory_conflict c where c.space_id = e.space_id
    and c.path = e.path and c.resolved_at is null) as conflict`;
const versionColumns = `v.path, v.version, v.number::float8 as number, v.value, v.deleted, v.checksum, v.previous,
  v.base_version as "baseVersion", v.strategy, v.outcome, v.author, v.expires_at as "expiresAt",
  v.created_at as "createdAt"`;
const live = 'not e.deleted and (e.expires_at is null or e.expires_at > now())';
const below = (path: string) =>
  `(${path} = '' or e.path = ${path} or starts_with(e.path, ${path} || '/'))`;

/** What stands at paths, deleted ones too. With `hold` nobody else writes there until the transaction ends. */
export async function findEntries(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  paths: readonly string[],
  hold = false,
): Promise<Map<string, EntryRecord>> {
  const { rows } = await db.query<EntryRecord>(
    `select ${entryColumns} from memory_entry e
     where e.workspace_id = $1 and e.space_id = $2 and e.path = any($3) order by e.path
     ${hold ? 'for update of e' : ''}`,
    [workspaceId, id, paths],
  );
  return new Map(rows.map((row) => [row.path, row]));
}

/** Entries that are there, by path, one more than `limit` where there are more. */
export async function entriesAfter(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  { under, after, limit }: { under: string; after: string; limit: number },
): Promise<EntryRecord[]> {
  const { rows } = await db.query<EntryRecord>(
    `select ${entryColumns} from memory_entry e
     where e.workspace_id = $1 and e.space_id = $2 and e.path > $4 and ${below('$3')} and ${live}
     order by e.path limit $5`,
    [workspaceId, id, under, after, limit + 1],
  );
  return rows;
}

export async function findVersion(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  path: string,
  version: number,
): Promise<VersionRecord | undefined> {
  const { rows } = await db.query<VersionRecord>(
    `select ${versionColumns} from memory_version v
     where v.workspace_id = $1 and v.space_id = $2 and v.path = $3 and v.version = $4`,
    [workspaceId, id, path, version],
  );
  return rows[0];
}

/** Versions of a path, the newest first, one more than `limit` where there are more. */
export async function versionsBefore(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  { path, before, limit }: { path: string; before: number | undefined; limit: number },
): Promise<VersionRecord[]> {
  const { rows } = await db.query<VersionRecord>(
    `select ${versionColumns} from memory_version v
     where v.workspace_id = $1 and v.space_id = $2 and v.path = $3 and v.version < coalesce($4, 2147483647)
     order by v.version desc limit $5`,
    [workspaceId, id, path, before ?? null, limit + 1],
  );
  return rows;
}

/** Changes of a space after a number, or the newest ones; in their order. */
export async function changesAfter(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  { after, limit }: { after: number | undefined; limit: number },
): Promise<VersionRecord[]> {
  const { rows } = await db.query<VersionRecord>(
    `select * from (select ${versionColumns} from memory_version v
       where v.workspace_id = $1 and v.space_id = $2 and v.number > coalesce($3, 0)
       order by v.number ${after === undefined ? 'desc' : ''} limit $4) found order by found.number`,
    [workspaceId, id, after ?? null, limit],
  );
  return rows;
}

/** The state that changed paths had at a number; a path that was not there yet has no row. */
export async function stateAt(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  { number, under }: { number: number; under: string },
): Promise<{ path: string; was: VersionRecord | undefined }[]> {
  const { rows } = await db.query<{ changed: string } & Partial<VersionRecord>>(
    `select e.path as changed, v.* from (
       select distinct c.path from memory_version c
       where c.workspace_id = $1 and c.space_id = $2 and c.number > $3) e
     left join lateral (select ${versionColumns} from memory_version v
       where v.workspace_id = $1 and v.space_id = $2 and v.path = e.path and v.number <= $3
       order by v.version desc limit 1) v on true
     where ${below('$4')} order by e.path`,
    [workspaceId, id, number, under],
  );
  return rows.map(({ changed, ...rest }) => ({
    path: changed,
    was: isVersion(rest) ? rest : undefined,
  }));
}

const isVersion = (row: Partial<VersionRecord>): row is VersionRecord =>
  typeof row.version === 'number';

/** Text that a tsquery reads: words that begin so, any of them. */
const queryOf = (words: readonly string[]) => words.map((word) => `'${word}':*`).join(' | ');

type Sought = {
  workspaceId: string;
  spaceIds: readonly string[];
  words: readonly string[];
  limit: number;
};
export type FoundRecord = EntryRecord & { spaceId: string; score: number };

/** Entries in which words of the question begin a word; the more of them and the rarer, the better. */
export async function entriesWithWords(db: Db, asked: Sought): Promise<FoundRecord[]> {
  const { rows } = await db.query<FoundRecord>(
    `select e.space_id as "spaceId", ${entryColumns},
       (select count(*) from unnest($4::text[]) w where (' ' || e.words) like '% ' || w || '%')
         + ts_rank(to_tsvector('simple', e.words), to_tsquery('simple', $3))::float8 as score
     from memory_entry e
     where e.workspace_id = $1 and e.space_id = any($2::uuid[]) and ${live}
       and to_tsvector('simple', e.words) @@ to_tsquery('simple', $3)
     order by score desc, e.updated_at desc, e.path limit $5`,
    [asked.workspaceId, asked.spaceIds, queryOf(asked.words), asked.words, asked.limit],
  );
  return rows;
}

/** Some entries of a workspace as they stand now. */
export async function entriesAt(
  db: Db,
  workspaceId: string,
  places: readonly { spaceId: string; path: string }[],
): Promise<FoundRecord[]> {
  if (places.length === 0) return [];
  const { rows } = await db.query<FoundRecord>(
    `select e.space_id as "spaceId", ${entryColumns}, 0::float8 as score
     from unnest($2::uuid[], $3::text[]) as p(space_id, path)
     join memory_entry e on e.space_id = p.space_id and e.path = p.path
     where e.workspace_id = $1 and ${live}`,
    [workspaceId, places.map(({ spaceId }) => spaceId), places.map(({ path }) => path)],
  );
  return rows;
}

/** Entries by their paths: those that begin with it first, then the last changed. */
export async function entriesByPath(
  db: Db,
  asked: Pick<Sought, 'workspaceId' | 'spaceIds' | 'limit'> & { patterns: string[]; whole: string },
): Promise<{ spaceId: string; path: string }[]> {
  const { rows } = await db.query<{ spaceId: string; path: string }>(
    `select e.space_id as "spaceId", e.path from memory_entry e
     where e.workspace_id = $1 and e.space_id = any($2::uuid[]) and ${live} and e.path ilike all ($3::text[])
     order by starts_with(lower(e.path), $4) desc, e.updated_at desc, e.path limit $5`,
    [asked.workspaceId, asked.spaceIds, asked.patterns, asked.whole, asked.limit],
  );
  return rows;
}

/** How much a word has to look like another one: a letter that is missing, doubled or wrong in a longer word. */
const alike = '0.45';

/** Entries that hold words that look like those of the question: for slips, after the words themselves. */
export function entriesLike(pool: Pool, asked: Sought): Promise<FoundRecord[]> {
  const words = asked.words.map((_, index) => `$${index + 4}`);
  return transaction(pool, async (client) => {
    await client.query("select set_config('pg_trgm.word_similarity_threshold', $1, true)", [alike]);
    const { rows } = await client.query<FoundRecord>(
      `select e.space_id as "spaceId", ${entryColumns},
         (${words.map((word) => `word_similarity(${word}, e.words)`).join(' + ')})::float8 / ${words.length} as score
       from memory_entry e
       where e.workspace_id = $1 and e.space_id = any($2::uuid[]) and ${live}
         and (${words.map((word) => `${word} <% e.words`).join(' or ')})
       order by score desc, e.updated_at desc, e.path limit $3`,
      [asked.workspaceId, asked.spaceIds, asked.limit, ...asked.words],
    );
    return rows;
  });
}

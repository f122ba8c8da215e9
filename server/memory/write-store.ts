import type { Pool } from 'pg';
import { checksumOf } from '@/lib/memory/checksum';
import { maxEntries } from '@/lib/memory/limits';
import type { Json } from '@/lib/memory/merge/leaf';
import type { Author, Outcome } from '@/lib/memory/schema';
import { wordsOf } from '@/lib/memory/words';
import { at } from '@/lib/values/unknown';
import { sqlState } from '@/server/db/transaction';
import type { Db, EntryRecord } from './entry-store';

/** One change of an entry, made only where the version before it still stands. */
export type Change = {
  path: string;
  /** Undefined deletes. */
  value: Json | undefined;
  before: Pick<EntryRecord, 'version' | 'checksum' | 'deleted'> | undefined;
  outcome: Outcome;
  strategy: string;
  baseVersion?: number | undefined;
  expiresAt?: Date | null;
  flagged?: boolean;
};

export type Writing = {
  space: { id: string; workspaceId: string };
  author: Author;
  changes: readonly Change[];
  /** A member who must still have one of these roles. */
  member?: { id: string; roles: readonly string[] } | undefined;
  /** By whom locks are held that do not keep this write off, and one that must still be held. */
  owner?: string | undefined;
  token?: number | undefined;
  /** What the attempts of a step share, and what the first of them got. */
  note?: { key: string; result: object } | undefined;
};

/**
 * `moved`: somebody else wrote in between, holds a lock, or the member's role is another one; `noted`: another attempt of the step has
 * done it; `full` and `gone` are the space's. Nothing was written then.
 */
export type WriteEnd =
  | { end: 'written'; number: number }
  | { end: 'moved' | 'noted' | 'full' | 'gone' };

/**
 * Writes changes of one space, all or none, in one statement: entries whose version is the one expected, the numbers of
 * the changes under the space's lock, their versions, and the note of the step.
 */
export async function writeChanges(db: Db, writing: Writing): Promise<WriteEnd> {
  const { space, author, changes, member, note, owner, token } = writing;
  const given = changes.map(rowOf);
  try {
    const { rows } = await db.query<{ number: number }>(statement, [
      ...[space.id, space.workspaceId, JSON.stringify(author), JSON.stringify(given)],
      given.reduce((sum, { more }) => sum + more, 0),
      ...[member?.id ?? null, member?.roles ?? [], note?.key ?? null],
      note === undefined ? null : JSON.stringify(note.result),
      ...[owner ?? null, token ?? null],
    ]);
    const last = rows.at(-1);
    return last === undefined ? { end: 'moved' } : { end: 'written', number: last.number };
  } catch (error) {
    const end = endOf(error);
    if (end === undefined) throw error;
    return { end };
  }
}

const statement = `with given as (
    select * from json_to_recordset($4::json) as g(path text, version int, value json, words text,
      deleted boolean, checksum text, previous text, base int, strategy text, outcome text,
      expires timestamptz, flagged boolean)
  ), held as (
    insert into memory_entry as e (space_id, workspace_id, path, version, value, words, deleted, checksum,
      author, flagged, expires_at)
    select $1::uuid, $2, path, version, value, words, deleted, checksum, $3::jsonb, flagged, expires
    from given order by path
    on conflict (space_id, path) do update set version = excluded.version, value = excluded.value,
      words = excluded.words, deleted = excluded.deleted, checksum = excluded.checksum,
      author = excluded.author, flagged = excluded.flagged, embedded = false, expires_at = excluded.expires_at,
      created_at = case when e.deleted then now() else e.created_at end, updated_at = now()
    where e.version = excluded.version - 1
    returning e.path
  ), moved as (
    update memory_space s set number = s.number + (select count(*) from given),
      entry_count = s.entry_count + $5::int, updated_at = now()
    where s.id = $1::uuid and s.workspace_id = $2
      and (select count(*) from held) = (select count(*) from given)
      and ($6::text is null or exists (select from member m
        where m."organizationId" = $2 and m."userId" = $6 and m.role = any($7::text[])))
      and s.lock_epoch = (select lock_epoch from memory_space where id = $1::uuid)
      and ($11::bigint is null or not exists (select from given g where not exists (
        select from memory_lock l where l.space_id = $1::uuid and l.token = $11 and l.granted
          and l.mode = 'X' and l.lease_until > clock_timestamp()
          and (l.path in ('', g.path) or starts_with(g.path, l.path || '/')))))
      and ($10::text is null or not exists (select from memory_lock l, given g
        where l.space_id = $1::uuid and l.granted and l.lease_until > clock_timestamp() and l.owner <> $10
          and not exists (select from memory_lock own where own.token = $11 and own.owner = l.owner)
          and (l.path = g.path or (l.mode in ('S', 'SIX', 'X')
            and (l.path = '' or starts_with(g.path, l.path || '/'))))))
    returning s.number
  ), noted as (
    insert into memory_write (workspace_id, key, result)
    select $2, $8, $9::jsonb from moved where $8::text is not null
  )
  insert into memory_version (space_id, path, version, workspace_id, number, value, deleted, checksum,
    previous, base_version, strategy, outcome, author, expires_at)
  select $1::uuid, g.path, g.version, $2, (select number from moved) - (select count(*) from given)
      + row_number() over (order by g.path),
    g.value, g.deleted, g.checksum, g.previous, g.base, g.strategy, g.outcome, $3::jsonb, g.expires
  from given g where exists (select from held) order by g.path
  returning number::float8 as number`;

function rowOf(change: Change) {
  const { path, value, before, outcome, strategy, baseVersion, expiresAt, flagged } = change;
  const deleted = value === undefined;
  const previous = before?.checksum ?? '';
  return {
    ...{ path, value: value ?? null, deleted, previous, outcome, strategy },
    version: (before?.version ?? 0) + 1,
    words: deleted ? '' : wordsOf(path, value),
    checksum: checksumOf({ value, deleted, previous }),
    base: baseVersion ?? null,
    expires: deleted ? null : (expiresAt?.toISOString() ?? null),
    flagged: flagged ?? false,
    more: (deleted ? 0 : 1) - (before === undefined || before.deleted ? 0 : 1),
  };
}

/** What a failed statement says; undefined for a failure of its own. */
function endOf(error: unknown): 'moved' | 'noted' | 'full' | 'gone' | undefined {
  const constraint = at(error, 'constraint');
  switch (sqlState(error)) {
    // No number was given out, since not all entries, or not the member, were as expected.
    case '23502':
      return 'moved';
    case '23503':
      return 'gone';
    case '23505':
      return constraint === 'memory_write_pkey' ? 'noted' : 'moved';
    case '23514':
      return constraint === 'memory_space_full' ? 'full' : undefined;
    default:
      return undefined;
  }
}

export const fullMessage = `This memory is full: it holds at most ${maxEntries} entries. Delete some, or use another one. Nothing was written.`;

/** What a step wrote under its key before; undefined for nothing. */
export async function findWrite(db: Db, workspaceId: string, key: string): Promise<unknown> {
  const { rows } = await db.query<{ result: unknown }>(
    'select result from memory_write where workspace_id = $1 and key = $2',
    [workspaceId, key],
  );
  return rows[0]?.result;
}

/** Forgets keys of runs that are not kept any more. */
export async function forgetWrites(pool: Pool, keepDays: number): Promise<void> {
  await pool.query(
    'delete from memory_write where created_at < now() - make_interval(days => $1)',
    [keepDays],
  );
}

/** The role of a member as it is now. */
export async function roleOf(
  db: Db,
  workspaceId: string,
  userId: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ role: string }>(
    'select role from member where "organizationId" = $1 and "userId" = $2',
    [workspaceId, userId],
  );
  return rows[0]?.role;
}

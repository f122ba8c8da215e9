import type { Pool, PoolClient } from 'pg';
import { blocksWrite, type LockRequest } from '@/lib/memory/locks/lock-table';
import type { LockMode } from '@/lib/memory/locks/modes';
import type { Author } from '@/lib/memory/schema';
import type { SpaceKind } from '@/lib/memory/space';

type Db = Pool | PoolClient;
type Space = { id: string; workspaceId: string };

export type LockRecord = LockRequest & {
  spaceId: string;
  author: Author;
  leaseSeconds: number;
  leaseUntil: Date;
  askedAt: Date;
};

const columns = `l.token::float8 as token, l.space_id as "spaceId", l.owner, l.path, l.mode, l.granted, l.author,
  l.lease_seconds as "leaseSeconds", l.lease_until as "leaseUntil", l.asked_at as "askedAt"`;
const runEnded = `(l.run_id is not null and not exists (
  select from run r where r.id = l.run_id and r.finished_at is null))`;
const over = `(l.lease_until <= clock_timestamp() or ${runEnded})`;

/**
 * Holds a space so that its locks change one after another, and tells writers of entries that they have changed.
 * False where the space is gone.
 */
export async function holdLocks(client: PoolClient, { workspaceId, id }: Space): Promise<boolean> {
  const { rowCount } = await client.query(
    'update memory_space set lock_epoch = lock_epoch + 1 where workspace_id = $1 and id = $2',
    [workspaceId, id],
  );
  return (rowCount ?? 0) > 0;
}

/** Takes away what is over: leases, waits, and what belongs to runs that have ended. */
export async function removeOver(client: PoolClient, { workspaceId, id }: Space): Promise<void> {
  await client.query(
    `delete from memory_lock l where l.workspace_id = $1 and l.space_id = $2 and ${over}`,
    [workspaceId, id],
  );
}

/** Locks of a space, in the order in which they were asked for. */
export async function locksOf(db: Db, { workspaceId, id }: Space): Promise<LockRecord[]> {
  const { rows } = await db.query<LockRecord>(
    `select ${columns} from memory_lock l where l.workspace_id = $1 and l.space_id = $2
       and l.lease_until > clock_timestamp() order by l.token`,
    [workspaceId, id],
  );
  return rows;
}

export type FoundLock = LockRecord & { kind: SpaceKind; name: string };

export async function findLock(
  db: Db,
  workspaceId: string,
  token: number,
): Promise<FoundLock | undefined> {
  const { rows } = await db.query<FoundLock>(
    `select ${columns}, s.kind, s.name from memory_lock l join memory_space s on s.id = l.space_id
     where l.workspace_id = $1 and l.token = $2 and l.lease_until > clock_timestamp()`,
    [workspaceId, token],
  );
  return rows[0];
}

export async function insertLock(
  client: PoolClient,
  { workspaceId, id }: Space,
  given: {
    owner: string;
    author: Author;
    path: string;
    mode: LockMode;
    granted: boolean;
    leaseSeconds: number;
    waitSeconds: number;
    runId: string | null;
  },
): Promise<number> {
  const { rows } = await client.query<{ token: number }>(
    `insert into memory_lock (space_id, workspace_id, owner, author, path, mode, granted, lease_seconds,
       lease_until, run_id, told)
     values ($2, $1, $3, $4::jsonb, $5, $6, $7, $8::int,
       clock_timestamp() + make_interval(secs => $9::int), $10::uuid, $7)
     returning token::float8 as token`,
    [
      ...[workspaceId, id, given.owner, JSON.stringify(given.author), given.path, given.mode],
      ...[given.granted, given.leaseSeconds],
      given.granted ? given.leaseSeconds : given.waitSeconds,
      given.runId,
    ],
  );
  const token = rows[0]?.token;
  if (token === undefined) throw new Error('a lock was not inserted');
  return token;
}

/** Gives locks to those who waited for them: their leases begin now. */
export async function grantLocks(client: PoolClient, tokens: readonly number[]): Promise<void> {
  if (tokens.length === 0) return;
  await client.query(
    `update memory_lock set granted = true,
       lease_until = clock_timestamp() + make_interval(secs => lease_seconds) where token = any($1::bigint[])`,
    [tokens],
  );
}

export async function extendLock(
  client: PoolClient,
  token: number,
  seconds: number,
): Promise<void> {
  await client.query(
    `update memory_lock set lease_until = clock_timestamp() + make_interval(secs => $2::int) where token = $1`,
    [token, seconds],
  );
}

export async function removeLocks(client: PoolClient, tokens: readonly number[]): Promise<void> {
  await client.query('delete from memory_lock where token = any($1::bigint[])', [tokens]);
}

/** Spaces in which something is over, so that others may go on. */
export async function spacesToSettle(pool: Pool): Promise<Space[]> {
  const { rows } = await pool.query<Space>(
    `select distinct l.space_id as id, l.workspace_id as "workspaceId" from memory_lock l where ${over} limit 100`,
  );
  return rows;
}

/** Locks that steps have been given and have not heard of. */
export async function untoldLocks(pool: Pool): Promise<(LockRecord & { workspaceId: string })[]> {
  const { rows } = await pool.query<LockRecord & { workspaceId: string }>(
    `select ${columns}, l.workspace_id as "workspaceId" from memory_lock l
     where l.granted and not l.told and l.run_id is not null order by l.token limit 100`,
  );
  return rows;
}

export async function noteTold(pool: Pool, token: number): Promise<void> {
  await pool.query('update memory_lock set told = true where token = $1', [token]);
}

/** What keeps an owner from writing at paths: locks of others. */
export async function blocking(
  db: Db,
  { workspaceId, id }: Space,
  { owner, token, paths }: { owner: string; token: number | undefined; paths: readonly string[] },
): Promise<LockRecord[]> {
  const all = await locksOf(db, { workspaceId, id });
  const bearer = all.find((one) => one.token === token)?.owner;
  return all.filter(
    (one) =>
      one.granted &&
      one.owner !== owner &&
      one.owner !== bearer &&
      paths.some((path) => blocksWrite(one, path)),
  );
}

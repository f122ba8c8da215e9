import type { Pool, PoolClient } from 'pg';
import type { Sealed } from '@/server/models/keys/vault';

type Db = Pool | PoolClient;
type Place = { workspaceId: string; id: string };

export type TokenRow = Sealed & {
  connectionId: string;
  workspaceId: string;
  /** Counts up with each token: who waits for a newer one sees that it has come. */
  version: number;
  expiresAt: Date | null;
  /** Whether it is past its time, or so near to it that a new one should be fetched. */
  stale: boolean;
  over: boolean;
  /** Why the provider no longer takes it; somebody has to sign in again. */
  problem: string | null;
  signedInAt: Date | null;
};

const columns = `connection_id as "connectionId", workspace_id as "workspaceId", version, ciphertext,
  wrapped_key as "wrappedKey", master_key_id as "masterKeyId", expires_at as "expiresAt",
  coalesce(refresh_at <= now(), false) as stale, coalesce(expires_at <= now(), false) as over,
  problem, signed_in_at as "signedInAt"`;

export async function findToken(db: Db, { workspaceId, id }: Place): Promise<TokenRow | undefined> {
  const { rows } = await db.query<TokenRow>(
    `select ${columns} from connection_token where workspace_id = $1 and connection_id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/**
 * Lets one process at a time fetch a token, for as long as a request to a provider may take. False while another one does,
 * or where there was a newer token than the one of `version` when it began. 0: there is none yet.
 */
export async function leaseToken(
  db: Db,
  { workspaceId, id }: Place,
  { version, lease, forMs }: { version: number; lease: string; forMs: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into connection_token_lease (connection_id, workspace_id, lease, until)
     select $2, $1, $3, now() + make_interval(secs => $4::float / 1000)
     where coalesce((select version from connection_token
       where workspace_id = $1 and connection_id = $2), 0) = $5
     on conflict (connection_id) do update set lease = excluded.lease, until = excluded.until
     where connection_token_lease.until < now()`,
    [workspaceId, id, lease, forMs, version],
  );
  return rowCount === 1;
}

export async function releaseToken(
  db: Db,
  { workspaceId, id }: Place,
  lease: string,
): Promise<void> {
  await db.query(
    'delete from connection_token_lease where workspace_id = $1 and connection_id = $2 and lease = $3',
    [workspaceId, id, lease],
  );
}

type NewToken = {
  sealed: Sealed;
  /** Seconds for which it is good, and from which on a newer one is fetched; null: it says nothing of its end. */
  expiresIn: number | null;
  refreshIn: number | null;
  signedIn: boolean;
};

/** False where the connection has other settings by now: what was given for the old ones must not go to the new places. */
export async function putToken(
  db: Db,
  { workspaceId, id }: Place,
  config: object,
  given: NewToken,
): Promise<boolean> {
  const { ciphertext, wrappedKey, masterKeyId } = given.sealed;
  const { rowCount } = await db.query(
    `insert into connection_token (connection_id, workspace_id, version, ciphertext, wrapped_key,
       master_key_id, expires_at, refresh_at, problem, signed_in_at)
     select c.id, c.workspace_id, 1, $3, $4, $5, now() + make_interval(secs => $6),
       now() + make_interval(secs => $7), null, case when $8::boolean then now() end
     from connection c where c.workspace_id = $1 and c.id = $2 and c.config = $9::jsonb for share
     on conflict (connection_id) do update set version = connection_token.version + 1,
       ciphertext = excluded.ciphertext, wrapped_key = excluded.wrapped_key,
       master_key_id = excluded.master_key_id, expires_at = excluded.expires_at,
       refresh_at = excluded.refresh_at, problem = null,
       signed_in_at = coalesce(excluded.signed_in_at, connection_token.signed_in_at)`,
    [
      ...[workspaceId, id, Buffer.from(ciphertext), Buffer.from(wrappedKey), masterKeyId],
      ...[given.expiresIn, given.refreshIn, given.signedIn, JSON.stringify(config)],
    ],
  );
  return rowCount === 1;
}

/** Notes that the provider refused it, unless a newer one has come. */
export async function refuseToken(
  db: Db,
  { workspaceId, id }: Place,
  version: number,
  problem: string,
): Promise<void> {
  await db.query(
    `update connection_token set problem = $4, version = version + 1
     where workspace_id = $1 and connection_id = $2 and version = $3`,
    [workspaceId, id, version, problem],
  );
}

/** Lets the next one who needs it fetch a newer one: a service no longer took it. */
export async function expireToken(
  db: Db,
  { workspaceId, id }: Place,
  version: number,
): Promise<void> {
  await db.query(
    `update connection_token set expires_at = now(), refresh_at = now()
     where workspace_id = $1 and connection_id = $2 and version = $3 and problem is null`,
    [workspaceId, id, version],
  );
}

/** Forgets what it was given: it may go elsewhere now, or belongs to another client. */
export async function dropToken(db: Db, { workspaceId, id }: Place): Promise<void> {
  await db.query('delete from connection_token where workspace_id = $1 and connection_id = $2', [
    workspaceId,
    id,
  ]);
}

/** A sign-in that was begun: by whom, in which session, until when. */
type SignInRow = Sealed & {
  connectionId: string;
  workspaceId: string;
};

export async function insertSignIn(
  db: Db,
  given: {
    stateHash: string;
    workspaceId: string;
    connectionId: string;
    userId: string;
    sessionHash: string;
    sealed: Sealed;
    minutes: number;
  },
): Promise<void> {
  const { ciphertext, wrappedKey, masterKeyId } = given.sealed;
  await db.query('delete from connection_sign_in where expires_at < now()');
  await db.query(
    `insert into connection_sign_in (state_hash, workspace_id, connection_id, user_id, session_hash,
       ciphertext, wrapped_key, master_key_id, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9))`,
    [
      ...[given.stateHash, given.workspaceId, given.connectionId, given.userId, given.sessionHash],
      ...[Buffer.from(ciphertext), Buffer.from(wrappedKey), masterKeyId, given.minutes],
    ],
  );
}

/** Takes a sign-in away, once only; undefined for whoever did not begin it in this session, or came too late. */
export async function takeSignIn(
  db: Db,
  given: { stateHash: string; workspaceId: string; userId: string; sessionHash: string },
): Promise<SignInRow | undefined> {
  const { rows } = await db.query<SignInRow>(
    `delete from connection_sign_in where state_hash = $1 and workspace_id = $2 and user_id = $3
       and session_hash = $4 and expires_at > now()
     returning connection_id as "connectionId", workspace_id as "workspaceId", ciphertext,
       wrapped_key as "wrappedKey", master_key_id as "masterKeyId"`,
    [given.stateHash, given.workspaceId, given.userId, given.sessionHash],
  );
  return rows[0];
}

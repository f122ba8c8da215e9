import type { Pool, PoolClient } from 'pg';
import type { ConnectionSettings } from '@/lib/connections/schema';
import { sqlState } from '@/server/db/transaction';
import type { Sealed } from '@/server/models/keys/vault';

type Db = Pool | PoolClient;

export type ConnectionRow = ConnectionSettings & {
  id: string;
  workspaceId: string;
  name: string;
  allowedWorkflowIds: string[] | null;
  allowedUserIds: string[] | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  secretAt: Date;
  lastUsedAt: Date | null;
  /** Of its token, where it has one. */
  tokenProblem: string | null;
  signedInAt: Date | null;
  hasToken: boolean;
};
export type SealedConnection = ConnectionRow & Sealed;

const columns = `id, workspace_id as "workspaceId", name, kind, config, allowed_workflow_ids as "allowedWorkflowIds",
  allowed_user_ids as "allowedUserIds",
  created_by as "createdBy", created_at as "createdAt", updated_at as "updatedAt", secret_at as "secretAt",
  last_used_at as "lastUsedAt",
  (select t.problem from connection_token t where t.connection_id = id) as "tokenProblem",
  (select t.signed_in_at from connection_token t where t.connection_id = id) as "signedInAt",
  exists (select from connection_token t where t.connection_id = id) as "hasToken"`;
const sealed = `ciphertext, wrapped_key as "wrappedKey", master_key_id as "masterKeyId"`;

export async function connectionsOf(db: Db, workspaceId: string): Promise<ConnectionRow[]> {
  const { rows } = await db.query<ConnectionRow>(
    `select ${columns} from connection where workspace_id = $1 order by name, id`,
    [workspaceId],
  );
  return rows;
}

export async function findConnection(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.query<ConnectionRow>(
    `select ${columns} from connection where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** The row, held until the transaction ends: who else changes it waits. */
export async function holdConnection(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const { rows } = await client.query<ConnectionRow>(
    `select ${columns} from connection where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

/** With its sealed secret, by id or by the name that a step gives. */
export async function findSealed(
  db: Db,
  workspaceId: string,
  by: { id: string } | { name: string },
): Promise<SealedConnection | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['name', by.name];
  const { rows } = await db.query<SealedConnection>(
    `select ${columns}, ${sealed} from connection where workspace_id = $1 and ${column} = $2`,
    [workspaceId, value],
  );
  return rows[0];
}

/** Lets one after another add a connection to a workspace, so that they can be counted. */
export async function holdCount(client: PoolClient, workspaceId: string): Promise<number> {
  await client.query("select pg_advisory_xact_lock(hashtext('connections'), hashtext($1))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from connection where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

export type NewConnection = ConnectionSettings &
  Pick<
    ConnectionRow,
    'id' | 'workspaceId' | 'name' | 'allowedWorkflowIds' | 'allowedUserIds' | 'createdBy'
  > & {
    secret: Sealed;
  };

export async function insertConnection(client: PoolClient, given: NewConnection): Promise<void> {
  const { id, workspaceId, name, kind, config, secret, createdBy } = given;
  await client.query(
    `insert into connection (id, workspace_id, name, kind, config, allowed_workflow_ids, allowed_user_ids, created_by,
       ciphertext, wrapped_key, master_key_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, workspaceId, name, kind, JSON.stringify(config), jsonOf(given.allowedWorkflowIds)],
      ...[jsonOf(given.allowedUserIds), createdBy],
      ...[Buffer.from(secret.ciphertext), Buffer.from(secret.wrappedKey)],
      secret.masterKeyId,
    ],
  );
}

/** Without `secret` the one that is there stays. */
export async function updateConnectionRow(
  client: PoolClient,
  { id, workspaceId, name, config, allowedWorkflowIds, allowedUserIds }: ConnectionRow,
  secret: Sealed | undefined,
): Promise<void> {
  await client.query(
    `update connection set name = $3, config = $4, allowed_workflow_ids = $5, allowed_user_ids = $6, updated_at = now()
     where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, name, JSON.stringify(config)],
      ...[jsonOf(allowedWorkflowIds), jsonOf(allowedUserIds)],
    ],
  );
  if (secret === undefined) return;
  const { ciphertext, wrappedKey, masterKeyId } = secret;
  await client.query(
    `update connection set ciphertext = $3, wrapped_key = $4, master_key_id = $5, secret_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, Buffer.from(ciphertext), Buffer.from(wrappedKey), masterKeyId],
  );
}

export async function removeConnection(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query('delete from connection where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
}

/** Notes that it was used, once in a minute at most. */
export async function markUsed(db: Db, workspaceId: string, id: string): Promise<void> {
  await db.query(
    `update connection set last_used_at = now() where workspace_id = $1 and id = $2
       and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [workspaceId, id],
  );
}

/** Whether a statement failed since the workspace has another connection of that name. */
export const isTaken = (error: unknown): boolean => sqlState(error) === '23505';

const jsonOf = (value: unknown) => (value === null ? null : JSON.stringify(value));

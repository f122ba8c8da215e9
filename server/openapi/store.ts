import type { Pool, PoolClient } from 'pg';
import type { Operation, ServiceAuth } from '@/lib/services/schema';
import { sqlState } from '@/server/db/transaction';
import type { OperationLine } from './lines';

type Db = Pool | PoolClient;

export type ServiceRow = {
  id: string;
  workspaceId: string;
  name: string;
  url: string | null;
  title: string;
  description: string | null;
  version: string | null;
  serverUrl: string;
  serverGiven: boolean;
  auth: ServiceAuth[];
  operationCount: number;
  fingerprint: string;
  connection: string | null;
  revision: number;
  createdBy: string | null;
  createdAt: Date;
  refreshedAt: Date;
};

const columns = `id, workspace_id as "workspaceId", name, url, title, description, version, server_url as "serverUrl",
  server_given as "serverGiven", auth, operation_count as "operationCount", fingerprint, connection, revision,
  created_by as "createdBy", created_at as "createdAt", refreshed_at as "refreshedAt"`;

export async function servicesOf(db: Db, workspaceId: string): Promise<ServiceRow[]> {
  const { rows } = await db.query<ServiceRow>(
    `select ${columns} from openapi_service where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

export async function findService(
  db: Db,
  workspaceId: string,
  by: { id: string } | { name: string },
): Promise<ServiceRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['name', by.name];
  const { rows } = await db.query<ServiceRow>(
    `select ${columns} from openapi_service where workspace_id = $1 and ${column} = $2`,
    [workspaceId, value],
  );
  return rows[0];
}

/** The row, held until the transaction ends. */
export async function holdService(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<ServiceRow | undefined> {
  const { rows } = await client.query<ServiceRow>(
    `select ${columns} from openapi_service where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

export async function operationsOf(db: Db, workspaceId: string, id: string): Promise<Operation[]> {
  const { rows } = await db.query<{ operations: Operation[] }>(
    'select operations from openapi_service where workspace_id = $1 and id = $2',
    [workspaceId, id],
  );
  return rows[0]?.operations ?? [];
}

/** One operation of a service by its id, without reading the others into the process. */
export async function findOperationRow(
  db: Db,
  workspaceId: string,
  id: string,
  operation: string,
): Promise<unknown> {
  const { rows } = await db.query<{ operation: unknown }>(
    `select jsonb_path_query_first(operations, '$[*] ? (@.id == $id)', jsonb_build_object('id', $3::text)) as operation
     from openapi_service where workspace_id = $1 and id = $2`,
    [workspaceId, id, operation],
  );
  return rows[0]?.operation ?? undefined;
}

export type FoundLine = OperationLine & { service: string };

/** Operations that fit all patterns, by service and in their order; one more than `limit` where there are more. */
export async function findLines(
  db: Db,
  workspaceId: string,
  { id, patterns, limit }: { id: string | null; patterns: readonly string[]; limit: number },
): Promise<FoundLine[]> {
  const { rows } = await db.query<{ service: string; line: OperationLine }>(
    `select s.name as service, l.line from openapi_service s
     cross join lateral jsonb_array_elements(s.lines) with ordinality as l(line, place)
     where s.workspace_id = $1 and ($2::uuid is null or s.id = $2)
       and concat_ws(' ', s.name, s.title, l.line->>'title', l.line->>'group', l.line->>'method', l.line->>'path', l.line->>'id')
         ilike all ($3::text[])
     order by lower(s.name), s.id, l.place limit $4`,
    [workspaceId, id, patterns, limit + 1],
  );
  return rows.map(({ service, line }) => ({ ...line, service }));
}

/** Lets one after another add a service to a workspace, so that they can be counted. */
export async function holdCount(client: PoolClient, workspaceId: string): Promise<number> {
  await client.query("select pg_advisory_xact_lock(hashtext('services'), hashtext($1))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from openapi_service where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

/** What a description gives; `operations` and `lines` as JSON texts. */
export type Described = Pick<
  ServiceRow,
  'title' | 'description' | 'version' | 'serverUrl' | 'auth' | 'operationCount' | 'fingerprint'
> & { operations: string; lines: string };

export async function insertService(
  client: PoolClient,
  given: Described &
    Pick<
      ServiceRow,
      'id' | 'workspaceId' | 'name' | 'url' | 'serverGiven' | 'connection' | 'createdBy'
    >,
): Promise<void> {
  await client.query(
    `insert into openapi_service (id, workspace_id, name, url, title, description, version, server_url, server_given,
       auth, operations, lines, operation_count, fingerprint, connection, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[
        given.id,
        given.workspaceId,
        given.name,
        given.url,
        given.title,
        given.description,
        given.version,
      ],
      ...[
        given.serverUrl,
        given.serverGiven,
        JSON.stringify(given.auth),
        given.operations,
        given.lines,
      ],
      ...[given.operationCount, given.fingerprint, given.connection, given.createdBy],
    ],
  );
}

/** Another description in place of the one that is there. */
export async function replaceDescription(
  client: PoolClient,
  workspaceId: string,
  id: string,
  given: Described,
): Promise<void> {
  await client.query(
    `update openapi_service set title = $3, description = $4, version = $5, server_url = $6, auth = $7, operations = $8,
       lines = $9, operation_count = $10, fingerprint = $11, revision = revision + 1, updated_at = now(), refreshed_at = now()
     where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, given.title, given.description, given.version, given.serverUrl],
      ...[
        JSON.stringify(given.auth),
        given.operations,
        given.lines,
        given.operationCount,
        given.fingerprint,
      ],
    ],
  );
}

export async function updateServiceRow(
  client: PoolClient,
  { workspaceId, id, name, serverUrl, serverGiven, connection }: ServiceRow,
): Promise<void> {
  await client.query(
    `update openapi_service set name = $3, server_url = $4, server_given = $5, connection = $6, updated_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, name, serverUrl, serverGiven, connection],
  );
}

export async function markChecked(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query(
    'update openapi_service set refreshed_at = now() where workspace_id = $1 and id = $2',
    [workspaceId, id],
  );
}

export async function removeService(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query('delete from openapi_service where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
}

/** Whether a statement failed since the workspace has another service of that name. */
export const isTaken = (error: unknown): boolean => sqlState(error) === '23505';

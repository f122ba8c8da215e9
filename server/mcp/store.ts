import type { Pool, PoolClient } from 'pg';
import type { PinnedTool, RefusedTool, ServerTool } from '@/lib/mcp/schema';
import { sqlState } from '@/server/db/transaction';

type Db = Pick<Pool | PoolClient, 'query'>;

export type McpServerRow = {
  id: string;
  workspaceId: string;
  name: string;
  slug: string;
  url: string;
  connection: string | null;
  title: string;
  version: string | null;
  protocol: string;
  tools: PinnedTool[];
  /** What it lists where that is not what was accepted. */
  seen: ServerTool[] | null;
  refused: RefusedTool[];
  revision: number;
  problem: string | null;
  triedAt: Date;
  listedAt: Date;
  /** It was asked for its tools so long ago that it is asked again before one is called. */
  isOld: boolean;
  createdBy: string | null;
  createdAt: Date;
};

const columns = `id, workspace_id as "workspaceId", name, slug, url, connection, title, version, protocol, tools, seen,
  refused, revision, problem, tried_at as "triedAt", listed_at as "listedAt", listed_at < now() - interval '1 hour' as "isOld", created_by as "createdBy",
  created_at as "createdAt"`;

export async function serversOf(db: Db, workspaceId: string): Promise<McpServerRow[]> {
  const { rows } = await db.query<McpServerRow>(
    `select ${columns} from mcp_server where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

export async function findServer(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<McpServerRow | undefined> {
  const { rows } = await db.query<McpServerRow>(
    `select ${columns} from mcp_server where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** The row, held until the transaction ends. */
export async function holdServer(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<McpServerRow | undefined> {
  const { rows } = await client.query<McpServerRow>(
    `select ${columns} from mcp_server where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Lets one after another add a server to a workspace, so that they can be counted. */
export async function holdCount(client: PoolClient, workspaceId: string): Promise<number> {
  await client.query("select pg_advisory_xact_lock(hashtext('mcp_servers'), hashtext($1))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from mcp_server where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

export type ListedServer = Pick<McpServerRow, 'title' | 'version' | 'protocol' | 'refused'> & {
  tools: ServerTool[];
};

export async function insertServer(
  client: PoolClient,
  row: Pick<McpServerRow, 'id' | 'workspaceId' | 'name' | 'slug' | 'url' | 'connection'> & {
    listed: ListedServer;
    tools: PinnedTool[];
    createdBy: string;
  },
): Promise<void> {
  const { title, version, protocol, refused } = row.listed;
  await client.query(
    `insert into mcp_server (id, workspace_id, name, slug, url, connection, title, version, protocol, tools, refused, created_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now())`,
    [
      ...[row.id, row.workspaceId, row.name, row.slug, row.url, row.connection],
      ...[title, version, protocol, JSON.stringify(row.tools), JSON.stringify(refused)],
      row.createdBy,
    ],
  );
}

/** What is accepted and entered of a server, as one change. */
export async function changeServer(
  client: PoolClient,
  { workspaceId, id, name, url, connection, tools, seen }: McpServerRow,
): Promise<void> {
  await client.query(
    `update mcp_server set name = $3, url = $4, connection = $5, tools = $6, seen = $7, revision = revision + 1, updated_at = now()
     where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, name, url, connection, JSON.stringify(tools)],
      seen === null ? null : JSON.stringify(seen),
    ],
  );
}

/** What a server listed; `seen` only where it is not what was accepted. */
export async function noteListed(
  client: PoolClient,
  { workspaceId, id }: Pick<McpServerRow, 'workspaceId' | 'id'>,
  { title, version, protocol, refused }: ListedServer,
  seen: ServerTool[] | null,
): Promise<void> {
  await client.query(
    `update mcp_server set title = $3, version = $4, protocol = $5, refused = $6, seen = $7, problem = null,
       tried_at = now(), listed_at = now() where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, title, version, protocol, JSON.stringify(refused)],
      seen === null ? null : JSON.stringify(seen),
    ],
  );
}

/** How it went when a server was tried; the same again is written once a minute. True when that is news. */
export async function noteTried(
  db: Db,
  { workspaceId, id }: Pick<McpServerRow, 'workspaceId' | 'id'>,
  problem: string | null,
): Promise<boolean> {
  const { rows } = await db.query<{ news: boolean }>(
    `update mcp_server s set problem = $3, tried_at = now()
     from (select id, problem from mcp_server where workspace_id = $1 and id = $2) before
     where s.workspace_id = $1 and s.id = before.id
       and (s.problem is distinct from $3 or s.tried_at < now() - interval '1 minute')
     returning before.problem is distinct from $3 as news`,
    [workspaceId, id, problem],
  );
  return rows[0]?.news === true;
}

export async function removeServer(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query('delete from mcp_server where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
}

/** Whether a statement failed since the workspace has another server of that name. */
export const isTaken = (error: unknown): boolean => sqlState(error) === '23505';

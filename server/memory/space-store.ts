import type { Pool, PoolClient } from 'pg';
import type { SpaceKind, SpaceRef } from '@/lib/memory/space';

type Db = Pool | PoolClient;

export type SpaceRecord = SpaceRef & {
  id: string;
  workspaceId: string;
  number: number;
  forgotten: number;
  entryCount: number;
  updatedAt: Date;
};
export type ListedSpace = SpaceRecord & { title: string | null; conflicts: number };

const columns = `s.id, s.workspace_id as "workspaceId", s.kind, s.name, s.number::float8 as number,
  s.forgotten::float8 as forgotten, s.entry_count as "entryCount", s.updated_at as "updatedAt"`;

/** Other people's own spaces are nobody's business. */
const visible = (person: string) => `(s.kind <> 'person' or s.name = ${person})`;

export async function findSpaceRecord(
  db: Db,
  workspaceId: string,
  { kind, name }: SpaceRef,
): Promise<SpaceRecord | undefined> {
  const { rows } = await db.query<SpaceRecord>(
    `select ${columns} from memory_space s where s.workspace_id = $1 and s.kind = $2 and s.name = $3`,
    [workspaceId, kind, name],
  );
  return rows[0];
}

/** Spaces that a person may read, with the names of whom they belong to. */
export async function spacesOf(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<ListedSpace[]> {
  const { rows } = await db.query<ListedSpace>(
    `select ${columns}, coalesce(a.name, w.name, t.title, u.name) as title,
       (select count(*)::int from memory_conflict c where c.space_id = s.id and c.resolved_at is null) as conflicts
     from memory_space s
     left join agent a on s.kind = 'agent' and a.workspace_id = s.workspace_id and a.handle = s.name
     left join workflow w on s.kind = 'workflow' and w.workspace_id = s.workspace_id and w.id::text = s.name
     left join thread t on s.kind = 'thread' and t.workspace_id = s.workspace_id and t.id::text = s.name
     left join "user" u on s.kind = 'person' and u.id = s.name
     where s.workspace_id = $1 and ${visible('$2')}
     order by array_position(array['workspace','team','agent','workflow','thread','person'], s.kind),
       lower(coalesce(a.name, w.name, t.title, u.name, s.name)), s.id`,
    [workspaceId, personId],
  );
  return rows;
}

const subjects: Partial<Record<SpaceKind, string>> = {
  agent: 'select 1 from agent where workspace_id = $1 and handle = $2',
  workflow: 'select 1 from workflow where workspace_id = $1 and id = $2::uuid',
  thread: 'select 1 from thread where workspace_id = $1 and id = $2::uuid',
  person: 'select 1 from member where "organizationId" = $1 and "userId" = $2',
};

/** Whether that to which a space belongs is there in this workspace. */
export async function hasSubject(
  db: Db,
  workspaceId: string,
  { kind, name }: SpaceRef,
): Promise<boolean> {
  const statement = subjects[kind];
  if (statement === undefined) return true;
  const { rows } = await db.query(statement, [workspaceId, name]);
  return rows.length > 0;
}

/** Makes a space where there is none yet. */
export async function insertSpace(
  db: Db,
  workspaceId: string,
  { kind, name }: SpaceRef,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into memory_space (id, workspace_id, kind, name) values (gen_random_uuid(), $1, $2, $3)
     on conflict (workspace_id, kind, name) do nothing`,
    [workspaceId, kind, name],
  );
  return (rowCount ?? 0) > 0;
}

/** Lets one after another add a shared space to a workspace, so that they can be counted. */
export async function holdSharedCount(client: PoolClient, workspaceId: string): Promise<number> {
  await client.query("select pg_advisory_xact_lock(hashtext('memory_spaces'), hashtext($1))", [
    workspaceId,
  ]);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from memory_space where workspace_id = $1 and kind = 'team'`,
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

export async function removeSpace(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<void> {
  await client.query('delete from memory_space where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
}

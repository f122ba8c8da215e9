import type { Pool, PoolClient } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { WorkflowSort } from '@/lib/workflows/contract';
import { searchableOf } from '@/lib/workflows/draft/searchable';
import type { Definition } from '@/lib/workflows/schema';

export type WorkflowRow = {
  id: string;
  name: string;
  description: string;
  folder: string;
  tags: string[];
  favourite: boolean;
  createdAt: Date;
  updatedAt: Date;
  liveVersion: number | null;
  /** Number of the newest version. */
  lastVersion: number | null;
  /** Hash of the live version's definition. */
  liveHash: string | null;
  /** Number of the draft's last update. */
  draftSeq: string;
};

/** `user`: the parameter with the id of who asks, or null. */
const columns = (user: string) => `w.id, w.name, w.description, w.folder, w.tags,
  exists (select from favourite f where f.workflow_id = w.id and f.user_id = ${user}) as favourite,
  w.created_at as "createdAt", w.updated_at as "updatedAt",
  w.live_version as "liveVersion", v.hash as "liveHash",
  (select max(number) from workflow_version where workflow_id = w.id) as "lastVersion", coalesce(d.seq, 0) as "draftSeq"`;
const joined = `workflow w
  left join draft d on d.workflow_id = w.id
  left join workflow_version v on v.workflow_id = w.id and v.number = w.live_version`;

export type WorkflowFilter = {
  /** Who asks: the favourites are theirs. */
  userId: string;
  limit: number;
  sort: WorkflowSort;
  /** Where the page before ended. */
  before?: TimeCursor | undefined;
  q?: string | undefined;
  folder?: string | undefined;
  tag?: string | undefined;
  favourite?: boolean | undefined;
};

/** What follows the cursor ($2, $3) in an order, and the order. By name, the cursor's row says where it stands. */
const orders: Record<WorkflowSort, { after: string; by: string }> = {
  updated: {
    after: '(w.updated_at, w.id) < ($2::timestamptz, $3::uuid)',
    by: 'w.updated_at desc, w.id desc',
  },
  created: {
    after: '(w.created_at, w.id) < ($2::timestamptz, $3::uuid)',
    by: 'w.created_at desc, w.id desc',
  },
  name: {
    after:
      '(lower(w.name), w.id) > (select lower(c.name), c.id from workflow c where c.id = $3::uuid and c.workspace_id = $1)',
    by: 'lower(w.name), w.id',
  },
};

/** Workflows in an order, behind the cursor. One more than `limit`, where there are more. */
export async function workflowsBefore(
  pool: Pool,
  workspaceId: string,
  { userId, limit, sort, before, q, folder, tag, favourite }: WorkflowFilter,
): Promise<WorkflowRow[]> {
  const wanted = q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const order = orders[sort];
  const found = await pool.query<WorkflowRow>(
    `select ${columns('$6')} from ${joined}
     where w.workspace_id = $1 and w.deleted_at is null
       and ($2::timestamptz is null or ${order.after})
       and ($4::text is null or w.name ilike $4 or w.description ilike $4
         or exists (select from unnest(w.tags) tag where tag ilike $4))
       and ($7::text is null or w.folder = $7 or ($7 <> '' and starts_with(w.folder, $7 || '/')))
       and ($8::text is null or exists (select from unnest(w.tags) tag where lower(tag) = lower($8)))
       and (not $9::boolean or exists (select from favourite f where f.workflow_id = w.id and f.user_id = $6))
     order by ${order.by} limit $5`,
    [
      workspaceId,
      before?.at ?? null,
      before?.id ?? null,
      wanted,
      limit + 1,
      userId,
      folder ?? null,
      tag ?? null,
      favourite === true,
    ],
  );
  return found.rows;
}

/** A workflow of this workspace that is not in the trash. */
export async function findWorkflow(
  pool: Pool,
  workspaceId: string,
  id: string,
  userId: string | null = null,
): Promise<WorkflowRow | undefined> {
  const found = await pool.query<WorkflowRow>(
    `select ${columns('$3')} from ${joined} where w.id = $2 and w.workspace_id = $1 and w.deleted_at is null`,
    [workspaceId, id, userId],
  );
  return found.rows[0];
}

/** `id`: the one that it must have. */
export type Place = {
  folder?: string | undefined;
  tags?: readonly string[] | undefined;
  id?: string | undefined;
};

/** Undefined where one with the wanted id is there already. */
export async function insertWorkflow(
  client: PoolClient,
  workspaceId: string,
  userId: string | null,
  definition: Definition,
  { folder = '', tags = [], id }: Place,
): Promise<string | undefined> {
  const { name, description, steps } = searchableOf(definition);
  const made = await client.query<{ id: string }>(
    `insert into workflow (id, workspace_id, name, description, created_by, folder, tags, steps)
     values (coalesce($8::uuid, gen_random_uuid()), $1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do nothing returning id`,
    [workspaceId, name, description, userId, folder, tags, JSON.stringify(steps), id ?? null],
  );
  return made.rows[0]?.id;
}

/** Holds the workflow's row until the transaction ends; undefined when it is not there. */
export async function lockWorkflow(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<
  { liveVersion: number | null; liveHash: string | null; lastVersion: number } | undefined
> {
  await client.query('select from workflow where id = $1 for update', [id]);
  const found = await client.query(
    `select w.live_version as "liveVersion", v.hash as "liveHash",
       (select coalesce(max(number), 0) from workflow_version where workflow_id = w.id) as "lastVersion"
     from ${joined} where w.id = $2 and w.workspace_id = $1 and w.deleted_at is null`,
    [workspaceId, id],
  );
  return found.rows[0];
}

export type NewVersion = {
  number: number;
  definition: Definition;
  hash: string;
  note: string;
  publishedBy: string | null;
};

/** Adds a version and makes it the live one. */
export async function insertVersion(
  client: PoolClient,
  workflowId: string,
  { number, definition, hash, note, publishedBy }: NewVersion,
): Promise<void> {
  await client.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash, note, published_by)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)`,
    [workflowId, number, JSON.stringify(definition), hash, note, publishedBy],
  );
  await setLive(client, workflowId, number);
}

/** Names the live version; null for none. */
export async function setLive(
  client: PoolClient,
  workflowId: string,
  number: number | null,
): Promise<void> {
  await client.query('update workflow set live_version = $2, updated_at = now() where id = $1', [
    workflowId,
    number,
  ]);
}

export async function versionExists(
  client: PoolClient,
  workflowId: string,
  number: number,
): Promise<boolean> {
  const found = await client.query(
    'select from workflow_version where workflow_id = $1 and number = $2',
    [workflowId, number],
  );
  return found.rowCount === 1;
}

export type VersionRow = {
  number: number;
  note: string;
  publishedBy: string | null;
  publishedAt: Date;
  nodeCount: number;
};

/** Versions from new to old, below `before`. One more than `limit`, where there are more. */
export async function versionsBefore(
  pool: Pool,
  workflowId: string,
  limit: number,
  before: number | undefined,
): Promise<VersionRow[]> {
  const found = await pool.query<VersionRow>(
    `select number, note, published_by as "publishedBy", published_at as "publishedAt",
       jsonb_array_length(definition -> 'nodes') as "nodeCount"
     from workflow_version where workflow_id = $1 and ($2::int is null or number < $2)
     order by number desc limit $3`,
    [workflowId, before ?? null, limit + 1],
  );
  return found.rows;
}

export type Trashed = { name: string; deletedAt: Date; deletedBy: string | null };

/** A workflow of this workspace that lies in the trash, with the name of who moved it there. */
export async function findTrashed(
  db: Pool | PoolClient,
  workspaceId: string,
  id: string,
): Promise<Trashed | undefined> {
  const found = await db.query<Trashed>(
    `select w.name, w.deleted_at as "deletedAt", u.name as "deletedBy"
     from workflow w left join "user" u on u.id = w.deleted_by
     where w.id = $2 and w.workspace_id = $1 and w.deleted_at is not null and w.purged_at is null`,
    [workspaceId, id],
  );
  return found.rows[0];
}

/** Handles of the workspace's agents: what a workflow may name. */
export async function agentHandles(pool: Pool, workspaceId: string): Promise<string[]> {
  const found = await pool.query<{ handle: string }>(
    'select handle from agent where workspace_id = $1',
    [workspaceId],
  );
  return found.rows.map((row) => row.handle);
}

/**
 * Workflows that may hold this text: in the bytes of the draft, which Yjs keeps texts in as they are, or in the live
 * version. Whoever asks reads them to be sure.
 */
export async function workflowsHolding(
  pool: Pool,
  workspaceId: string,
  texts: readonly string[],
): Promise<{ id: string; name: string; maybeDraft: boolean; live: unknown }[]> {
  const found = await pool.query<{ id: string; name: string; maybeDraft: boolean; live: unknown }>(
    `select * from (
       select w.id, w.name, w.updated_at,
         exists (select from unnest($2::text[]) t
           where position(convert_to(t, 'UTF8') in d.state) > 0) or exists (
           select from draft_update u, unnest($2::text[]) t where u.workflow_id = w.id
             and position(convert_to(t, 'UTF8') in u.data) > 0) as "maybeDraft",
         case when exists (select from unnest($2::text[]) t
           where position(to_json(t)::text in v.definition::text) > 0)
           then v.definition end as live
       from workflow w left join draft d on d.workflow_id = w.id
         left join workflow_version v on v.workflow_id = w.id and v.number = w.live_version
       where w.workspace_id = $1 and w.deleted_at is null) found
     where "maybeDraft" or live is not null order by updated_at desc, id`,
    [workspaceId, texts],
  );
  return found.rows;
}

import type { Pool, PoolClient } from 'pg';
import type { WorkflowLabels } from '@/lib/workflows/organise/contract';

type Place = { folder: string; tags: string[] };

/** Where a workflow is kept, held until the transaction ends. */
export async function holdPlace(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<Place | undefined> {
  const found = await client.query<Place>(
    `select folder, tags from workflow
     where id = $2 and workspace_id = $1 and deleted_at is null for update`,
    [workspaceId, id],
  );
  return found.rows[0];
}

export async function setPlace(client: PoolClient, id: string, place: Place): Promise<void> {
  await client.query('update workflow set folder = $2, tags = $3 where id = $1', [
    id,
    place.folder,
    place.tags,
  ]);
}

/** Makes a workflow of this workspace a person's favourite; false when there is none. */
export async function insertFavourite(
  pool: Pool,
  workspaceId: string,
  id: string,
  userId: string,
): Promise<boolean> {
  const done = await pool.query(
    `with found as (
       select id from workflow where id = $2 and workspace_id = $1 and deleted_at is null
     ), added as (
       insert into favourite (workflow_id, user_id) select id, $3 from found on conflict do nothing
     ) select id from found`,
    [workspaceId, id, userId],
  );
  return done.rowCount === 1;
}

export async function deleteFavourite(
  pool: Pool,
  workspaceId: string,
  id: string,
  userId: string,
): Promise<boolean> {
  const done = await pool.query(
    `with found as (
       select id from workflow where id = $2 and workspace_id = $1 and deleted_at is null
     ), removed as (
       delete from favourite f using found where f.workflow_id = found.id and f.user_id = $3
     ) select id from found`,
    [workspaceId, id, userId],
  );
  return done.rowCount === 1;
}

/** Moves a folder with all below it. Gives how many workflows moved. */
export async function moveWithin(
  client: PoolClient,
  workspaceId: string,
  from: string,
  to: string,
): Promise<number> {
  const moved = await client.query(
    `update workflow set folder = $3 || substr(folder, length($2) + 1)
     where workspace_id = $1 and (folder = $2 or starts_with(folder, $2 || '/'))`,
    [workspaceId, from, to],
  );
  return moved.rowCount ?? 0;
}

/** Folders of the workflows in and below a folder, held until the transaction ends. */
export async function holdWithin(
  client: PoolClient,
  workspaceId: string,
  from: string,
): Promise<string[]> {
  const found = await client.query<{ folder: string }>(
    `select folder from workflow
     where workspace_id = $1 and (folder = $2 or starts_with(folder, $2 || '/')) for update`,
    [workspaceId, from],
  );
  return [...new Set(found.rows.map(({ folder }) => folder))];
}

/** Folders and tags that are shown. */
const maxLabels = 500;

export async function readLabels(
  pool: Pool,
  workspaceId: string,
  userId: string,
): Promise<WorkflowLabels> {
  const found = await pool.query<WorkflowLabels>(
    `with here as (
       select id, folder, tags from workflow where workspace_id = $1 and deleted_at is null
     ), folders as (
       select folder as path, count(*)::int as count from here where folder <> '' group by folder
       order by lower(folder), folder limit $3
     ), tags as (
       select min(tag) as name, count(*)::int as count from here, unnest(tags) tag
       group by lower(tag) order by lower(min(tag)) limit $3
     )
     select coalesce((select json_agg(folders) from folders), '[]') as folders,
       coalesce((select json_agg(tags) from tags), '[]') as tags,
       (select count(*)::int from here) as "all",
       (select count(*)::int from here join favourite f on f.workflow_id = here.id and f.user_id = $2) as favourites`,
    [workspaceId, userId, maxLabels],
  );
  const [labels] = found.rows;
  if (!labels) throw new Error('labels were not counted');
  return labels;
}

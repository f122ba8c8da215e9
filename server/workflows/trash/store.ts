import type { Pool, PoolClient } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { Trashed } from '../store';

export type TrashRow = Trashed & {
  id: string;
  description: string;
  liveVersion: number | null;
};

/** Workflows in the trash from last to first deleted, behind the cursor. One more than `limit`, where there are more. */
export async function trashBefore(
  pool: Pool,
  workspaceId: string,
  limit: number,
  before: TimeCursor | undefined,
): Promise<TrashRow[]> {
  const found = await pool.query<TrashRow>(
    `select w.id, w.name, w.description, w.live_version as "liveVersion", w.deleted_at as "deletedAt",
       u.name as "deletedBy"
     from workflow w left join "user" u on u.id = w.deleted_by
     where w.workspace_id = $1 and w.deleted_at is not null and w.purged_at is null
       and ($2::timestamptz is null or (w.deleted_at, w.id) < ($2::timestamptz, $3::uuid))
     order by w.deleted_at desc, w.id desc limit $4`,
    [workspaceId, before?.at ?? null, before?.id ?? null, limit + 1],
  );
  return found.rows;
}

/** Moves a workflow to the trash. Gives its name; undefined when there was none outside. */
export async function moveToTrash(
  client: PoolClient,
  workspaceId: string,
  id: string,
  userId: string | null,
): Promise<string | undefined> {
  const moved = await client.query<{ name: string }>(
    `update workflow set deleted_at = now(), deleted_by = $3, updated_at = now()
     where id = $2 and workspace_id = $1 and deleted_at is null returning name`,
    [workspaceId, id, userId],
  );
  return moved.rows[0]?.name;
}

/** Takes a workflow out of the trash. Gives its name; undefined when it was not there. */
export async function takeFromTrash(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<string | undefined> {
  const taken = await client.query<{ name: string }>(
    `update workflow set deleted_at = null, deleted_by = null, updated_at = now()
     where id = $2 and workspace_id = $1 and deleted_at is not null and purged_at is null returning name`,
    [workspaceId, id],
  );
  return taken.rows[0]?.name;
}

const going = (id: string) =>
  `exists (select from run r where r.workflow_id = ${id} and r.finished_at is null)`;

/** Holds a workflow in the trash until the transaction ends, and says whether runs of it go on. */
export async function holdTrashed(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<{ name: string; going: boolean } | undefined> {
  await client.query('select from workflow where id = $1 and workspace_id = $2 for update', [
    id,
    workspaceId,
  ]);
  const found = await client.query<{ name: string; going: boolean }>(
    `select name, ${going('w.id')} as going from workflow w
     where id = $2 and workspace_id = $1 and deleted_at is not null and purged_at is null`,
    [workspaceId, id],
  );
  return found.rows[0];
}

export type Purged = { id: string; workspaceId: string; name: string };

/** From now on nobody can restore it: the rest may be done by anybody, later. */
export async function markPurged(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query('update workflow set purged_at = now() where id = any($1::uuid[])', [ids]);
}

/** Holds the workflows that have been in the trash for so many days and of which no run goes on, oldest first. */
export async function holdOverdue(
  client: PoolClient,
  days: number,
  limit: number,
): Promise<Purged[]> {
  const found = await client.query<Purged>(
    `select w.id, w.workspace_id as "workspaceId", w.name from workflow w
     where w.deleted_at < now() - $1 * interval '1 day' and w.purged_at is null and not ${going('w.id')}
     order by w.deleted_at limit $2 for update of w skip locked`,
    [days, limit],
  );
  return found.rows;
}

/** What was marked and is still there. */
export async function halfPurged(pool: Pool, limit: number): Promise<string[]> {
  const found = await pool.query<{ id: string }>(
    `select id from workflow where deleted_at is not null and purged_at is not null
     order by purged_at, id limit $1`,
    [limit],
  );
  return found.rows.map(({ id }) => id);
}

/** Makes some runs forget a workflow that is being deleted for good. Gives how many. */
export async function letGo(pool: Pool, id: string, limit: number): Promise<number> {
  const done = await pool.query(
    `update run set workflow_id = null where id in (
       select r.id from run r join workflow w on w.id = r.workflow_id and w.purged_at is not null
       where r.workflow_id = $1 limit $2)`,
    [id, limit],
  );
  return done.rowCount ?? 0;
}

/** Deletes a marked workflow with all that is part of it. */
export async function removeWorkflow(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from workflow where id = $1 and purged_at is not null', [id]);
}

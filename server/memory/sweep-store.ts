import type { Pool } from 'pg';
import type { Chained } from '@/lib/memory/checksum';

const batch = 500;

/** Entries whose time is over and that nobody has marked so yet, by space. */
export async function expiredPaths(
  pool: Pool,
): Promise<{ id: string; workspaceId: string; paths: string[] }[]> {
  const { rows } = await pool.query<{ id: string; workspaceId: string; paths: string[] }>(
    `select e.space_id as id, e.workspace_id as "workspaceId", array_agg(e.path order by e.path) as paths
     from (select space_id, workspace_id, path from memory_entry
       where not deleted and expires_at <= now() order by expires_at limit $1) e group by 1, 2`,
    [batch],
  );
  return rows;
}

/**
 * Forgets versions past their time that neither stand now nor belong to what a checkpoint brings back, and notes up to
 * which change a space no longer tells.
 */
export async function forgetVersions(pool: Pool, keepDays: number): Promise<void> {
  await pool.query(
    `with old as (
       delete from memory_version v using memory_entry e
       where v.created_at < now() - make_interval(days => $1)
         and e.space_id = v.space_id and e.path = v.path and v.version < e.version
         and not exists (select from memory_checkpoint c where c.space_id = v.space_id and c.number >= v.number)
       returning v.space_id, v.number
     )
     update memory_space s set forgotten = greatest(s.forgotten, gone.number)
     from (select space_id, max(number) as number from old group by space_id) gone
     where s.id = gone.space_id`,
    [keepDays],
  );
}

/** Spaces of workflows and threads that were deleted for good. */
export async function removeOrphans(pool: Pool): Promise<void> {
  await pool.query(
    `delete from memory_space s where s.updated_at < now() - interval '1 day' and (
       (s.kind = 'workflow' and not exists (select from workflow w where w.id::text = s.name))
       or (s.kind = 'thread' and not exists (select from thread t where t.id::text = s.name)))`,
  );
}

type Chain = { spaceId: string; path: string; versions: Chained[] };

/** Histories of some entries, other ones each time. */
export async function someChains(pool: Pool, most = 200): Promise<Chain[]> {
  const { rows } = await pool.query<Chain>(
    `select v.space_id as "spaceId", v.path, json_agg(json_build_object('version', v.version,
       'value', v.value, 'deleted', v.deleted, 'checksum', v.checksum, 'previous', v.previous)
       order by v.version) as versions
     from memory_version v
     join (select space_id, path from memory_entry order by random() limit $1) e
       on e.space_id = v.space_id and e.path = v.path
     group by 1, 2`,
    [most],
  );
  return rows;
}

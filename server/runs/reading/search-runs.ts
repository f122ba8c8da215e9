import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import { idsFrom, type Wanted } from '@/lib/search/words';

/** Runs of one workflow that a search by its name gives. */
const runsOfOne = 3;

/** Runs of a workspace: those whose id begins with it, then the last ones of workflows with that name. */
export async function searchRuns(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const ids = idsFrom(whole);
  const { rows } = await pool.query<{ id: string; title: string; status: string }>(
    `with by_id as (
       select id, name, status, created_at, 0 as rank from run
       where workspace_id = $1 and id between $3::uuid and $4::uuid order by id limit $5
     ), named as (
       select id from workflow
       where workspace_id = $1 and deleted_at is null and name ilike all ($2::text[])
       order by updated_at desc, id limit $5
     ), by_name as (
       select r.id, r.name, r.status, r.created_at, 1 as rank from named cross join lateral (
         select * from run where workflow_id = named.id and parent_run_id is null
         order by created_at desc limit $6) r
       where r.workspace_id = $1
     )
     select id, name as title, status from (select * from by_id union all select * from by_name) found
     order by rank, created_at desc, id limit $5`,
    [workspaceId, patterns, ids?.first ?? null, ids?.last ?? null, limit, runsOfOne],
  );
  return rows.map(({ id, title, status }) => ({
    kind: 'run',
    id,
    title,
    detail: `${status} · ${id.slice(0, 8)}`,
    href: `/runs/${id}`,
  }));
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { runLimits } from '@/lib/runs/limits';
import type { listCallable as contract } from '@/lib/workflows/contract';
import type { Services } from '@/server/services';

type Item = ResultOf<typeof contract>['items'][number];

/** How many are shown: whoever looks for another one writes more of its name. */
const maxShown = 20;

/**
 * Finds workflows by name and follows what the live version of each runs, so that one that would come back to `$5` is
 * known before the engine refuses it. Only those that are shown are followed.
 */
const sql = `
with recursive found as (
  select w.id, w.name, w.live_version, w.updated_at from workflow w
  where w.workspace_id = $1 and w.deleted_at is null
    and ($2::text is null or w.name ilike $2 or w.description ilike $2) and ($3::uuid is null or w.id = $3)
  order by w.updated_at desc, w.id limit $4
), runs as (
  select id as root, id as at, live_version::numeric as version, 0 as depth from found where live_version is not null
  union
  select r.root, w.id, coalesce((n.value -> 'config' ->> 'version')::numeric, w.live_version), r.depth + 1
  from runs r
    join workflow_version v on v.workflow_id = r.at and v.number = r.version
    cross join lateral jsonb_array_elements(v.definition -> 'nodes') n
    join workflow w on w.workspace_id = $1 and w.deleted_at is null
      and w.id = case when n.value -> 'config' ->> 'workflowId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        then (n.value -> 'config' ->> 'workflowId')::uuid end
  where n.value ->> 'type' = 'workflow' and n.value ->> 'disabled' is distinct from 'true'
    and r.at is distinct from $5::uuid and r.depth < $6
)
select id, name, live_version as "liveVersion",
  case when id = $5 then 'itself' when live_version is null then 'unpublished'
    when exists (select from runs r where r.root = found.id and r.at = $5) then 'recursion' end as blocked
from found order by updated_at desc, id`;

/** Workflows that a step may run, last changed first, with what stands in the way of some. */
export async function listCallable(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const q = query.q?.trim();
  const { rows } = await pool.query<Item>(sql, [
    workspaceId,
    q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null,
    query.id ?? null,
    maxShown + 1,
    query.by ?? null,
    runLimits.depth,
  ]);
  return { items: rows.slice(0, maxShown), more: rows.length > maxShown };
}

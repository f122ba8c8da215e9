import type { ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { failuresByWorkflow as contract } from '@/lib/runs/contract';
import type { Services } from '@/server/services';

const most = 5;

/** The workflows whose live runs failed most often in the last 30 days. Runs of drafts and of single steps do not count. */
export async function failuresByWorkflow(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
): Promise<ResultOf<typeof contract>> {
  const { rows } = await pool.query<{ id: string; name: string; failed: number; ended: number }>(
    `select w.id, w.name, count(*) filter (where r.status = 'failed')::int as failed, count(*)::int as ended
     from run r join workflow w on w.id = r.workflow_id and w.workspace_id = $1 and w.deleted_at is null
     where r.workspace_id = $1 and r.parent_run_id is null and r.created_at > now() - interval '30 days'
       and r.mode = 'live' and r.draft_at is null and r.only_step is null and r.status in ('succeeded', 'failed')
     group by w.id, w.name having count(*) filter (where r.status = 'failed') > 0
     order by failed desc, w.name, w.id limit $2`,
    [workspaceId, most],
  );
  return { items: rows.map(({ id, name, ...counts }) => ({ workflow: { id, name }, ...counts })) };
}

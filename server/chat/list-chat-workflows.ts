import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listChatWorkflows as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';

type Item = ResultOf<typeof contract>['items'][number];

/** Workflows of the workspace that one can write to. */
export async function listChatWorkflows(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { rows } = await pool.query<Item>(
    `select t.id as "triggerId", w.id as "workflowId", coalesce(nullif(t.name, ''), w.name) as name,
       coalesce(nullif(t.config ->> 'greeting', ''), w.description) as description
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
     where w.workspace_id = $1 and t.kind = 'chat' and t.enabled and w.live_version is not null
     order by lower(coalesce(nullif(t.name, ''), w.name)), t.id limit 200`,
    [workspaceId],
  );
  return { items: rows };
}

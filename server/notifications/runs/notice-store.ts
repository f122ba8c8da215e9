import type { PoolClient } from 'pg';
import type { Role } from '@/lib/people/schema';

/** A notice that nobody has heard of yet, with the run above all whose it is. */
export type NoticeRow = {
  runId: string;
  stepId: string;
  kind: 'failed' | 'waiting';
  text: string;
  createdAt: Date;
  workspaceId: string;
  workflowId: string;
  workflowName: string;
  startedBy: string | null;
  publishedBy: string | null;
  /** Whether anybody is to hear of it at all. */
  counts: boolean;
};

/** Any number that nobody else locks by. */
const lock = 515_047_003;
const batch = 100;

/** Whether this transaction is the only one that tells, until it ends: two would begin two groups of the same. */
export async function tellsAlone(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    'select pg_try_advisory_xact_lock($1) as mine',
    [lock],
  );
  return rows[0]?.mine === true;
}

/**
 * The oldest notices that were not told. Those of drafts and of single steps count for nobody: whoever tries something
 * looks at it. Nor do those of a chat's turn, which shows them itself, of a workflow that is gone, or of a wait that is over.
 */
export async function takeNotices(client: PoolClient): Promise<NoticeRow[]> {
  const { rows } = await client.query<NoticeRow>(
    `select n.run_id as "runId", n.step_id as "stepId", n.kind, n.text, n.created_at as "createdAt",
       root.workspace_id as "workspaceId", root.workflow_id as "workflowId", w.name as "workflowName", root.started_by as "startedBy",
       v.published_by as "publishedBy",
       w.id is not null and root.mode = 'live' and root.draft_at is null and root.only_step is null
         and (root.thread_id is null or root.started_by is null)
         and (n.kind = 'failed' or r.finished_at is null) as counts
     from run_notice n join run r on r.id = n.run_id join run root on root.id = coalesce(r.root_run_id, r.id)
     left join workflow w on w.id = root.workflow_id and w.workspace_id = root.workspace_id and w.deleted_at is null
     left join workflow_version v on v.workflow_id = root.workflow_id and v.number = root.version_number
     where n.told_at is null order by n.created_at, n.run_id, n.step_id limit $1`,
    [batch],
  );
  return rows;
}

export async function markTold(client: PoolClient, notices: readonly NoticeRow[]): Promise<void> {
  await client.query(
    `update run_notice n set told_at = now()
     from unnest($1::uuid[], $2::text[], $3::text[]) as g(run, step, kind)
     where n.run_id = g.run and n.step_id = g.step and n.kind = g.kind`,
    [
      notices.map(({ runId }) => runId),
      notices.map(({ stepId }) => stepId),
      notices.map(({ kind }) => kind),
    ],
  );
}

/** The members of some workspaces with their roles. */
export async function membersOf(
  client: PoolClient,
  workspaceIds: readonly string[],
): Promise<Map<string, Map<string, Role>>> {
  const { rows } = await client.query<{ workspace: string; person: string; role: Role }>(
    `select "organizationId" as workspace, "userId" as person, role from member
     where "organizationId" = any($1) order by "createdAt", "userId"`,
    [[...new Set(workspaceIds)]],
  );
  const members = new Map(workspaceIds.map((id) => [id, new Map<string, Role>()]));
  for (const { workspace, person, role } of rows) members.get(workspace)?.set(person, role);
  return members;
}

/**
 * Notifies people of a notice. While they have not read the last one of the same workflow and kind, from the last 24 hours,
 * that one counts it and leads to the newest. Answers with those who have a new one, not only a higher count.
 */
export async function groupNotice(
  client: PoolClient,
  notice: NoticeRow,
  people: readonly string[],
): Promise<string[]> {
  const { workspaceId, workflowId, kind, runId, stepId, text, createdAt } = notice;
  const subject = { workflowId, runId, ...(stepId === '' ? {} : { stepId }), text };
  const values = [workspaceId, people, kind, JSON.stringify(subject), createdAt];
  const grouped = await client.query<{ user_id: string }>(
    `update notification n set created_at = greatest(n.created_at, $5),
       subject = n.subject - 'stepId' || $4::jsonb
         || jsonb_build_object('count', coalesce((n.subject ->> 'count')::int, 1) + 1)
     where n.workspace_id = $1 and n.user_id = any($2) and n.kind = $3 and n.read_at is null
       and n.subject ->> 'workflowId' = $4::jsonb ->> 'workflowId'
       and (n.subject ->> 'since')::timestamptz > $5::timestamptz - interval '24 hours'
     returning n.user_id`,
    values,
  );
  const known = new Set(grouped.rows.map((row) => row.user_id));
  const others = people.filter((id) => !known.has(id));
  if (others.length === 0) return [];
  await client.query(
    `insert into notification (id, workspace_id, user_id, kind, subject, created_at)
     select gen_random_uuid(), $1, p, $3, $4::jsonb || jsonb_build_object('since', $5::timestamptz), $5
     from unnest($2::text[]) as p`,
    [workspaceId, others, kind, JSON.stringify(subject), createdAt],
  );
  return others;
}

import type { Pool, PoolClient } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { NotificationKind } from '@/lib/notifications/contract';

/** Where a notification leads. */
export type Subject = { workflowId: string } & (
  | { threadId: string; commentId: string }
  | { suggestionId: string }
);
type Who = { userId: string; workspaceId: string };

/** Unread ones are counted up to this. */
const maxCounted = 100;

/** Adds one for each of these who is a member; answers with those. */
export async function insertNotifications(
  client: PoolClient,
  actor: Who,
  subject: Subject,
  kind: NotificationKind,
  people: readonly string[],
): Promise<string[]> {
  if (people.length === 0) return [];
  // Whoever gets a new one loses what they have read long ago: a list that is not looked after never grows without end.
  await client.query(
    `delete from notification where workspace_id = $1 and user_id = any($2)
       and created_at < now() - interval '90 days' and read_at < now() - interval '90 days'`,
    [actor.workspaceId, people],
  );
  const made = await client.query<{ user_id: string }>(
    `insert into notification (id, workspace_id, user_id, kind, actor_id, subject)
     select gen_random_uuid(), $1, m."userId", $3, $4, $5 from member m
     where m."organizationId" = $1 and m."userId" = any($2) returning user_id`,
    [actor.workspaceId, people, kind, actor.userId, JSON.stringify(subject)],
  );
  return made.rows.map((row) => row.user_id);
}

export type NotificationRow = {
  id: string;
  kind: NotificationKind;
  actorId: string | null;
  actorName: string | null;
  /** Null for what is about a budget. */
  workflowId: string | null;
  workflowName: string | null;
  budgetId: string | null;
  threadId: string | null;
  suggestionId: string | null;
  runId: string | null;
  stepId: string | null;
  body: string | null;
  mentions: string[] | null;
  /** Whether a step still waits for what it asks, or for what people can give; null: it is about neither. */
  open: boolean | null;
  count: number | null;
  createdAt: Date;
  readAt: Date | null;
};

/** What leads to a workflow that is still there, or to a budget. */
const living = `notification n left join workflow w on w.id = (n.subject ->> 'workflowId')::uuid
  and w.workspace_id = n.workspace_id and w.deleted_at is null`;
const isThere = `(w.id is not null or n.kind = 'budget')`;
/** Whether what a step asked still matters: nobody has answered it, and its run goes on. */
const isOpen = `(n.subject ->> 'answered' is null and exists (select from run r
  where r.id = (n.subject ->> 'runId')::uuid and r.workspace_id = n.workspace_id and r.finished_at is null))`;
/** Whether the step of a run still waits for what only people can give. */
const isWaiting = `exists (select from run r join lateral (
    select e.type, e.data from run_event e where e.run_id = r.id and e.data ->> 'stepId' = n.subject ->> 'stepId'
      and e.type in ('StepWaiting', 'StepSucceeded', 'StepFailed', 'StepCancelled') order by e.seq desc limit 1
  ) last on last.type = 'StepWaiting' and last.data #>> '{wait,tell}' is not null
  where r.id = (n.subject ->> 'runId')::uuid and r.workspace_id = n.workspace_id and r.finished_at is null)`;
const own = 'n.user_id = $1 and n.workspace_id = $2';
/** Whether its person wants this kind in the bell. */
const isWanted = `not exists (select from notification_choice h where h.workspace_id = n.workspace_id
  and h.user_id = n.user_id and h.kind = n.kind and not h.bell)`;

/** A person's own, newest first, behind the cursor. One more than `limit`, where there are more. */
export async function notificationsBefore(
  pool: Pool,
  { userId, workspaceId }: Who,
  page: {
    limit: number;
    before?: TimeCursor | undefined;
    unread?: boolean | undefined;
    waiting?: boolean | undefined;
  },
): Promise<NotificationRow[]> {
  const found = await pool.query<NotificationRow>(
    `select n.id, n.kind, n.actor_id as "actorId", u.name as "actorName", w.id as "workflowId",
       w.name as "workflowName", n.subject ->> 'threadId' as "threadId",
       n.subject ->> 'budgetId' as "budgetId", s.id as "suggestionId", n.subject ->> 'runId' as "runId", n.subject ->> 'stepId' as "stepId",
       coalesce(left(c.body, 500), s.title, n.subject ->> 'text') as body,
       c.mentions, n.created_at as "createdAt", n.read_at as "readAt",
       case n.kind when 'asked' then ${isOpen} when 'waiting' then ${isWaiting} end as open,
       (n.subject ->> 'count')::int as count
     from ${living}
     left join comment c on c.id = (n.subject ->> 'commentId')::uuid
     left join suggestion s on s.id = (n.subject ->> 'suggestionId')::uuid
     left join "user" u on u.id = n.actor_id
     where ${own} and ${isThere} and (not $3 or n.read_at is null)
       and case when $7 then n.kind = 'asked' and ${isOpen} else ${isWanted} end
       and ($4::timestamptz is null or (n.created_at, n.id) < ($4::timestamptz, $5::uuid))
     order by n.created_at desc, n.id desc limit $6`,
    [
      userId,
      workspaceId,
      page.unread === true,
      page.before?.at ?? null,
      page.before?.id ?? null,
      page.limit + 1,
      page.waiting === true,
    ],
  );
  return found.rows;
}

export async function countUnread(pool: Pool, { userId, workspaceId }: Who): Promise<number> {
  const found = await pool.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from ${living}
       where ${own} and ${isThere} and ${isWanted} and n.read_at is null limit ${maxCounted}) unread`,
    [userId, workspaceId],
  );
  return found.rows[0]?.count ?? 0;
}

/** Marks one, those of a thread, or all as read; answers with how many were not yet. */
export async function markRead(
  pool: Pool,
  { userId, workspaceId }: Who,
  which: { id?: string | undefined; threadId?: string; runId?: string | undefined },
): Promise<number> {
  const marked = await pool.query(
    `update notification n set read_at = now() where ${own} and n.read_at is null
       and ($3::uuid is null or n.id = $3) and ($4::text is null or n.subject ->> 'threadId' = $4)
       and ($5::text is null or n.kind in ('failed', 'waiting') and n.subject ->> 'runId' = $5)`,
    [userId, workspaceId, which.id ?? null, which.threadId ?? null, which.runId ?? null],
  );
  return marked.rowCount ?? 0;
}

/** A UUID (version 8) that is always the same for the same text: a hash alone lacks the bits that say so. */
const idOf = (text: string) =>
  `overlay(overlay(md5(${text}) placing '8' from 13) placing '8' from 17)::uuid`;

/** Members of a run's workspace who have one of these addresses and one of these roles. */
export async function membersAmong(
  pool: Pool,
  runId: string,
  addresses: readonly string[],
  roles: readonly string[],
): Promise<string[]> {
  const found = await pool.query<{ id: string }>(
    `select m."userId" as id from run r join member m on m."organizationId" = r.workspace_id
     join "user" u on u.id = m."userId" where r.id = $1 and lower(u.email) = any($2) and m.role = any($3)`,
    [runId, addresses.map((one) => one.trim().toLowerCase()), roles],
  );
  return found.rows.map(({ id }) => id);
}

/** Tells each of these members, and those with one of these roles, once for each key, that a step waits for them; answers with whom. */
export async function insertAsked(
  pool: Pool,
  asked: {
    runId: string;
    stepId: string;
    attempt: number;
    key: string;
    roles: readonly string[];
    members: readonly string[];
    text: string;
  },
): Promise<{ workspaceId: string; people: string[] }> {
  const { runId, stepId, attempt, key, roles, members, text } = asked;
  const made = await pool.query<{ workspace_id: string; user_id: string }>(
    `insert into notification (id, workspace_id, user_id, kind, subject)
     select ${idOf(`concat_ws('/', r.id, $2::text, $3::text, m."userId")`)}, r.workspace_id, m."userId", 'asked',
       jsonb_build_object('workflowId', r.workflow_id, 'runId', r.id, 'stepId', $2::text, 'text', $5::text)
     from run r join member m on m."organizationId" = r.workspace_id and (m.role = any($4) or m."userId" = any($7))
     where r.id = $1 and r.workflow_id is not null and r.finished_at is null and exists (
       select from json_array_elements(r.held) h where h ->> 1 = $2 and (h ->> 2)::int = $6)
     for share of r
     on conflict do nothing returning workspace_id, user_id`,
    [runId, stepId, key, roles, text, attempt, members],
  );
  const [first] = made.rows;
  return { workspaceId: first?.workspace_id ?? '', people: made.rows.map((row) => row.user_id) };
}

/** Tells each member with one of these roles, and one person more, that a budget passed its soft mark; answers with whom. */
export async function insertAboutBudget(
  client: PoolClient,
  about: {
    workspaceId: string;
    budgetId: string;
    text: string;
    person?: string;
    roles: readonly string[];
  },
): Promise<string[]> {
  const { workspaceId, budgetId, text, person, roles } = about;
  const made = await client.query<{ user_id: string }>(
    `insert into notification (id, workspace_id, user_id, kind, subject)
     select gen_random_uuid(), $1, m."userId", 'budget', $2
     from member m where m."organizationId" = $1 and (m.role = any($3) or m."userId" = $4) returning user_id`,
    [workspaceId, JSON.stringify({ budgetId, text }), roles, person ?? null],
  );
  return made.rows.map((row) => row.user_id);
}

/** Marks what asked for an answer as answered and read, for everybody: somebody has given it. Answers with whom it concerns. */
export async function markAnswered(
  pool: Pool,
  workspaceId: string,
  about: { runId: string; stepId: string },
): Promise<string[]> {
  const marked = await pool.query<{ user_id: string }>(
    `update notification set read_at = coalesce(read_at, now()), subject = subject || '{"answered": true}'
     where workspace_id = $1 and kind = 'asked' and subject ->> 'answered' is null
       and subject @> $2 and user_id in (select "userId" from member where "organizationId" = $1)
     returning user_id`,
    [workspaceId, JSON.stringify(about)],
  );
  return marked.rows.map((row) => row.user_id);
}

/** Whether a person has this one. */
export async function hasNotification(
  pool: Pool,
  { userId, workspaceId }: Who,
  id: string,
): Promise<boolean> {
  const found = await pool.query(`select 1 from notification n where ${own} and n.id = $3`, [
    userId,
    workspaceId,
    id,
  ]);
  return found.rowCount === 1;
}

/** Deletes what is about a comment or a thread; by member, as the index is. */
export async function deleteAbout(
  client: PoolClient,
  workspaceId: string,
  about: { commentId: string } | { threadId: string },
): Promise<void> {
  await client.query(
    `delete from notification where workspace_id = $1 and subject @> $2
       and user_id in (select "userId" from member where "organizationId" = $1)`,
    [workspaceId, JSON.stringify(about)],
  );
}

export async function namesOf(pool: Pool, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await pool.query<{ id: string; name: string }>(
    'select id, name from "user" where id = any($1)',
    [[...new Set(ids)]],
  );
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}

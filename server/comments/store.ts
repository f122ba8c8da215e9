import type { Pool, PoolClient } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { ThreadStatus } from '@/lib/comments/contract';
import type { Anchor } from '@/lib/comments/schema';

export type Db = Pool | PoolClient;

export type CommentRow = {
  id: string;
  authorId: string | null;
  body: string;
  mentions: string[];
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
};

export type ThreadRow = {
  id: string;
  workflowId: string;
  anchor: Anchor;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  /** As JSON: times are texts. */
  opening: Omit<CommentRow, 'createdAt' | 'editedAt' | 'deletedAt'> & {
    createdAt: string;
    editedAt: string | null;
    deletedAt: string | null;
  };
  replies: number;
  people: string[];
  unread: boolean;
};

const commentColumns = `c.id, c.author_id as "authorId", c.body, c.mentions, c.created_at as "createdAt",
  c.edited_at as "editedAt", c.deleted_at as "deletedAt"`;

/** What somebody ($1) has not read: others' comments since they last looked. */
const unread = `exists (select 1 from comment n where n.thread_id = t.id and n.deleted_at is null
  and n.author_id is distinct from $1
  and n.created_at > coalesce((select r.read_at from comment_read r
    where r.thread_id = t.id and r.user_id = $1), '-infinity'))`;

const threadColumns = `t.id, t.workflow_id as "workflowId", t.anchor, t.created_by as "createdBy",
  t.created_at as "createdAt", t.updated_at as "updatedAt", t.resolved_at as "resolvedAt",
  t.resolved_by as "resolvedBy", ${unread} as unread,
  (select to_jsonb(o) from (select ${commentColumns} from comment c where c.thread_id = t.id
    order by c.created_at, c.id limit 1) o) as opening,
  (select count(*)::int - 1 from comment c where c.thread_id = t.id) as replies,
  array(select c.author_id from comment c where c.thread_id = t.id and c.author_id is not null
    and c.deleted_at is null group by c.author_id order by min(c.created_at), 1 limit 5) as people`;

export type ThreadFilter = {
  status: ThreadStatus;
  mine?: boolean | undefined;
  unread?: boolean | undefined;
  mentions?: boolean | undefined;
  node?: string | undefined;
};

/** Threads of a workflow, last active first, behind the cursor. One more than `limit`, where there are more. */
export async function threadsBefore(
  pool: Pool,
  userId: string,
  workflowId: string,
  filter: ThreadFilter,
  page: { limit: number; before?: TimeCursor | undefined },
): Promise<ThreadRow[]> {
  const found = await pool.query<ThreadRow>(
    `select ${threadColumns} from comment_thread t
     where t.workflow_id = $2
       and ($3 = 'all' or ($3 = 'open') = (t.resolved_at is null))
       and (not $4 or exists (select 1 from comment m where m.thread_id = t.id
         and m.author_id = $1 and m.deleted_at is null))
       and (not $5 or ${unread})
       and (not $6 or exists (select 1 from comment m where m.thread_id = t.id
         and $1 = any(m.mentions) and m.deleted_at is null))
       and ($7::text is null or t.anchor ->> 'nodeId' = $7)
       and ($8::timestamptz is null or (t.updated_at, t.id) < ($8::timestamptz, $9::uuid))
     order by t.updated_at desc, t.id desc limit $10`,
    [
      userId,
      workflowId,
      filter.status,
      filter.mine === true,
      filter.unread === true,
      filter.mentions === true,
      filter.node ?? null,
      page.before?.at ?? null,
      page.before?.id ?? null,
      page.limit + 1,
    ],
  );
  return found.rows;
}

export type Counts = { open: number; resolved: number; unread: number };

/** How many threads a workflow has; the unread ones of a person among the open. */
export async function countsOf(db: Db, userId: string, workflowId: string): Promise<Counts> {
  const found = await db.query<Counts>(
    `select count(*) filter (where t.resolved_at is null)::int as open,
       count(*) filter (where t.resolved_at is not null)::int as resolved,
       count(*) filter (where t.resolved_at is null and ${unread})::int as unread
     from comment_thread t where t.workflow_id = $2`,
    [userId, workflowId],
  );
  return found.rows[0] ?? { open: 0, resolved: 0, unread: 0 };
}

/** A thread of a workspace whose workflow was not deleted, as a person sees it. */
export async function findThread(
  db: Db,
  actor: { userId: string; workspaceId: string },
  id: string,
): Promise<ThreadRow | undefined> {
  const found = await db.query<ThreadRow>(
    `select ${threadColumns} from comment_thread t
     join workflow w on w.id = t.workflow_id and w.deleted_at is null
     where t.id = $2 and t.workspace_id = $3`,
    [actor.userId, id, actor.workspaceId],
  );
  return found.rows[0];
}

/** Holds a thread until the transaction ends, so that what is written in it comes one after another. */
export async function lockThread(client: PoolClient, id: string): Promise<void> {
  await client.query('select id from comment_thread where id = $1 for update', [id]);
}

export async function commentsOf(db: Db, threadId: string): Promise<CommentRow[]> {
  const found = await db.query<CommentRow>(
    `select ${commentColumns} from comment c where c.thread_id = $1 order by c.created_at, c.id`,
    [threadId],
  );
  return found.rows;
}

export async function insertThread(
  client: PoolClient,
  thread: { workspaceId: string; workflowId: string; anchor: Anchor; createdBy: string },
): Promise<string> {
  const made = await client.query<{ id: string }>(
    `insert into comment_thread (id, workspace_id, workflow_id, anchor, created_by)
     values (gen_random_uuid(), $1, $2, $3, $4) returning id`,
    [thread.workspaceId, thread.workflowId, JSON.stringify(thread.anchor), thread.createdBy],
  );
  return made.rows[0]?.id ?? '';
}

/** Adds a comment after all others of its thread, which its author has then read. The thread must be locked. */
export async function insertComment(
  client: PoolClient,
  comment: { threadId: string; authorId: string; body: string; mentions: readonly string[] },
): Promise<string> {
  const { threadId, authorId, body, mentions } = comment;
  const made = await client.query<{ id: string }>(
    `with moment as (select greatest(clock_timestamp(), (select max(created_at) + interval '1 ms'
         from comment where thread_id = $1))::timestamptz(3) as at),
       touched as (update comment_thread set updated_at = (select at from moment) where id = $1),
       seen as (insert into comment_read (thread_id, user_id, read_at)
         select $1, $2, at from moment
         on conflict (thread_id, user_id) do update set read_at = excluded.read_at)
     insert into comment (id, thread_id, author_id, body, mentions, created_at)
     select gen_random_uuid(), $1, $2, $3, $4, at from moment returning id`,
    [threadId, authorId, body, mentions],
  );
  return made.rows[0]?.id ?? '';
}

export async function updateComment(
  client: PoolClient,
  id: string,
  body: string,
  mentions: readonly string[],
): Promise<void> {
  await client.query(
    'update comment set body = $2, mentions = $3, edited_at = now() where id = $1',
    [id, body, mentions],
  );
}

/** Empties a comment; its place in the thread stays. */
export async function emptyComment(client: PoolClient, id: string): Promise<void> {
  await client.query(
    `update comment set body = '', mentions = '{}', deleted_at = now() where id = $1`,
    [id],
  );
}

export async function deleteThread(client: PoolClient, id: string): Promise<void> {
  await client.query('delete from comment_thread where id = $1', [id]);
}

/** Sets or clears the resolution; false when it was so already. */
export async function setResolved(
  client: PoolClient,
  id: string,
  by: string | null,
): Promise<boolean> {
  const set = await client.query(
    `update comment_thread set resolved_by = $2, updated_at = now(),
       resolved_at = case when $2::text is null then null else now() end
     where id = $1 and (resolved_at is null) = ($2::text is not null)`,
    [id, by],
  );
  return set.rowCount === 1;
}

/** Moves what a person has read of a thread forward, never into the future. */
export async function setRead(db: Db, threadId: string, userId: string, at: string): Promise<void> {
  await db.query(
    `insert into comment_read as r (thread_id, user_id, read_at) values ($1, $2, least($3::timestamptz, now()))
     on conflict (thread_id, user_id) do update set read_at = greatest(r.read_at, excluded.read_at)`,
    [threadId, userId, at],
  );
}

/** Which of these are members of the workspace now. */
export async function membersAmong(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await db.query<{ userId: string }>(
    `select "userId" from member where "organizationId" = $1 and "userId" = any($2)
     order by array_position($2, "userId")`,
    [workspaceId, ids],
  );
  return found.rows.map((row) => row.userId);
}

/** Everybody who wrote in a thread. */
export async function writersOf(db: Db, threadId: string): Promise<string[]> {
  const found = await db.query<{ id: string }>(
    `select distinct author_id as id from comment
     where thread_id = $1 and author_id is not null and deleted_at is null`,
    [threadId],
  );
  return found.rows.map((row) => row.id);
}

/** Names of people by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await db.query<{ id: string; name: string }>(
    'select id, name from "user" where id = any($1)',
    [[...new Set(ids)]],
  );
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}

/** Counts one more within the running minute and tells how many there are; a minute that is over starts anew. */
export async function countInMinute(db: Db, key: string, now: number): Promise<number> {
  const counted = await db.query<{ count: number }>(
    `insert into rate_limit as r (id, key, count, "lastRequest")
     values (gen_random_uuid()::text, $1, 1, $2)
     on conflict (key) do update set
       count = case when r."lastRequest" < $3 then 1 else r.count + 1 end,
       "lastRequest" = case when r."lastRequest" < $3 then $2 else r."lastRequest" end
     returning count`,
    [key, now, now - 60_000],
  );
  return counted.rows[0]?.count ?? 1;
}

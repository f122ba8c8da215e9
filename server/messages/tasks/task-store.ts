import type { Pool } from 'pg';
import type { Sender } from '@/lib/messages/schema';

/** Who holds what has become a task. */
export const taskHolder = 'task';

export type Due = { ended: boolean; unbegun: boolean; waiting: boolean; unanswered: boolean };

/** What there is to do at this moment, in one statement: mostly nothing. */
export async function dueWork(pool: Pool): Promise<Due> {
  const { rows } = await pool.query<Due>(
    `select
       exists (select from delivery d join run r on r.id = d.run_id
         where d.run_id is not null and d.state = 'held' and d.holder = $1 and r.finished_at is not null) as ended,
       exists (select from delivery d where d.run_id is not null and d.state = 'held' and d.holder = $1
         and not exists (select 1 from run r where r.id = d.run_id)) as unbegun,
       exists (select from mailbox b where not b.paused and b.starts_tasks and b.deleted_at is null and b.kind in ('agent', 'pool') and exists (
         select from delivery d where d.mailbox_id = b.id and d.state = 'waiting' and d.due_at <= now())) as waiting,
       exists (select from mail q join delivery_end e on e.mail_id = q.id and e."end" <> 'done'
         where q.reply = 'step' and q.answered_at is null) as unanswered`,
    [taskHolder],
  );
  return rows[0] ?? { ended: true, unbegun: true, waiting: true, unanswered: true };
}

export type TaskDelivery = {
  workspaceId: string;
  mailId: string;
  mailboxId: string;
  attempt: number;
  failures: number;
  runId: string;
  /** Handle of the agent; null where a pool gave it to one that was deleted since. */
  handle: string | null;
  sender: Sender;
  type: string;
  body: unknown;
  conversation: string;
  hops: number;
  reply: 'mailbox' | 'step' | null;
  replyTo: string | null;
};

const columns = `d.workspace_id as "workspaceId", d.mail_id as "mailId", d.mailbox_id as "mailboxId", d.attempt, d.failures,
  d.run_id as "runId", case when b.kind = 'pool' then a.handle else b.name end as handle, m.sender, m.type, m.body, coalesce(m.conversation, m.id) as conversation,
  m.hops, m.reply, m.reply_to as "replyTo"`;
const joined = `delivery d join mail m on m.id = d.mail_id join mailbox b on b.id = d.mailbox_id
  left join agent a on a.id = d.agent_id and a.workspace_id = d.workspace_id`;

/** What was taken for a task whose run has not begun: just now, or by a process that died. */
export async function unbegun(pool: Pool): Promise<TaskDelivery[]> {
  const { rows } = await pool.query<TaskDelivery>(
    `select ${columns} from ${joined}
     where d.run_id is not null and d.state = 'held' and d.holder = $1 and not exists (
       select from run r where r.id = d.run_id) order by d.priority, d.due_at, d.number limit 200`,
    [taskHolder],
  );
  return rows;
}

export type EndedTask = TaskDelivery & {
  status: 'succeeded' | 'failed' | 'cancelled';
  output: unknown;
  error: { code?: string; message?: string; retryable?: boolean } | null;
};

/** Tasks that are over and whose messages are not settled. */
export async function endedTasks(pool: Pool): Promise<EndedTask[]> {
  const { rows } = await pool.query<EndedTask>(
    `select ${columns}, r.status, r.output, r.error from ${joined} join run r on r.id = d.run_id
     where d.run_id is not null and d.state = 'held' and d.holder = $1 and r.finished_at is not null
     order by r.finished_at limit 200`,
    [taskHolder],
  );
  return rows;
}

/** How many messages a conversation has. */
export async function lengthOf(pool: Pool, conversation: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from mail where conversation = $1',
    [conversation],
  );
  return rows[0]?.count ?? 0;
}

/** False when it was answered before. */
export async function noteAnswered(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update mail set answered_at = now() where id = $1 and answered_at is null',
    [id],
  );
  return rowCount === 1;
}

export async function isAnswered(pool: Pool, id: string): Promise<boolean> {
  const { rows } = await pool.query('select from mail where id = $1 and answered_at is not null', [
    id,
  ]);
  return rows.length > 0;
}

/** Messages whose reply a step waits for in vain: all their deliveries ended otherwise. */
export async function neverAnswered(
  pool: Pool,
): Promise<{ id: string; workspaceId: string; reason: string }[]> {
  const { rows } = await pool.query<{ id: string; workspaceId: string; reason: string }>(
    `select m.id, m.workspace_id as "workspaceId", e.reason from mail m
     join delivery_end e on e.mail_id = m.id and e."end" <> 'done'
     where m.reply = 'step' and m.answered_at is null and not exists (
       select from delivery d where d.mail_id = m.id) limit 100`,
  );
  return rows;
}

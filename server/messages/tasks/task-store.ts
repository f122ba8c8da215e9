import type { Pool } from 'pg';
import { type Sender, usualTasksAtOnce } from '@/lib/messages/schema';
import { transaction } from '@/server/db/transaction';

/** Who holds what has become a task. */
export const taskHolder = 'task';

/** Mailboxes of agents in which something waits that may become a task. */
export async function mailboxesToStart(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select b.id from mailbox b where b.kind = 'agent' and not b.paused and b.starts_tasks and exists (
       select from delivery d where d.mailbox_id = b.id and d.state = 'waiting' and d.due_at <= now()
         and (d.expires_at is null or d.expires_at > now())) limit 500`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes messages of a mailbox for tasks, as many as its agent may have at once, each under the id of its run. Who takes
 * from a mailbox does so alone, and not while it is being paused. Answers how many it took.
 */
export function takeForTasks(pool: Pool, mailbox: string): Promise<number> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ room: number }>(
      `select coalesce((a.limits ->> 'maxAtOnce')::int, $2) - (
         select count(*)::int from delivery d where d.mailbox_id = b.id and d.state = 'held' and d.holder = $3) as room
       from mailbox b left join agent a on a.workspace_id = b.workspace_id and a.handle = b.name
       where b.id = $1 and not b.paused and b.starts_tasks for update of b skip locked`,
      [mailbox, usualTasksAtOnce, taskHolder],
    );
    const room = rows[0]?.room ?? 0;
    if (room <= 0) return 0;
    const { rowCount } = await client.query(
      `with picked as (
         select mail_id, mailbox_id from delivery where mailbox_id = $1 and state = 'waiting' and due_at <= now()
           and (expires_at is null or expires_at > now())
         order by priority, due_at, number limit $2 for update skip locked
       )
       update delivery d set state = 'held', attempt = d.attempt + 1, holder = $3, held_at = clock_timestamp(),
         lease_until = 'infinity', run_id = gen_random_uuid()
       from picked p where d.mail_id = p.mail_id and d.mailbox_id = p.mailbox_id`,
      [mailbox, room, taskHolder],
    );
    return rowCount ?? 0;
  });
}

export type TaskDelivery = {
  workspaceId: string;
  mailId: string;
  mailboxId: string;
  attempt: number;
  failures: number;
  runId: string;
  /** Handle of the agent. */
  handle: string;
  sender: Sender;
  type: string;
  body: unknown;
  conversation: string;
  hops: number;
  reply: 'mailbox' | 'step' | null;
  replyTo: string | null;
};

const columns = `d.workspace_id as "workspaceId", d.mail_id as "mailId", d.mailbox_id as "mailboxId", d.attempt, d.failures,
  d.run_id as "runId", b.name as handle, m.sender, m.type, m.body, coalesce(m.conversation, m.id) as conversation,
  m.hops, m.reply, m.reply_to as "replyTo"`;
const joined = `delivery d join mail m on m.id = d.mail_id join mailbox b on b.id = d.mailbox_id`;

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

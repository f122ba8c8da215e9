import type { Pool } from 'pg';
import { type Address, type DeliveryView, priorities, type Sender } from '@/lib/messages/schema';

type Row = {
  message: string;
  mailbox: string;
  mailboxTitle: string;
  yours: boolean;
  state: DeliveryView['state'];
  reason: string | null;
  attempts: number;
  redriven: number;
  type: string;
  priority: number;
  sender: Sender;
  to: Address;
  agent: DeliveryView['agent'];
  choice: string | null;
  body: DeliveryView['body'];
  runId: string | null;
  replyTo: string | null;
  wantsReply: boolean;
  answered: boolean;
  sentAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
};

const open = `select d.mail_id, d.mailbox_id, d.workspace_id, d.state, coalesce(d.last_error, '') as reason,
  d.attempt as attempts, d.redriven, d.priority as rank, d.due_at, null::timestamptz as ended_at, d.number, d.run_id,
  d.agent_id, d.choice from delivery d`;
const ended = `select e.mail_id, e.mailbox_id, e.workspace_id, e."end" as state, e.reason, e.attempts, e.redriven,
  e.priority as rank, null::timestamptz as due_at, e.at as ended_at, 0 as number, e.run_id,
  e.agent_id, e.choice from delivery_end e`;

/** Deliveries of one message or one mailbox, of those that a person may see. */
export async function deliveriesOf(
  pool: Pool,
  workspaceId: string,
  given: {
    personId: string;
    message?: string;
    mailbox?: string;
    state?: string;
    messages?: string[];
    limit: number;
  },
): Promise<DeliveryView[]> {
  const { rows } = await pool.query<Row>(
    `select d.mail_id as message, d.mailbox_id as mailbox, coalesce(a.name, u.name, b.name) as "mailboxTitle",
       b.kind = 'person' as yours,
       d.state, d.reason, d.attempts, d.redriven, m.type, m.priority, m.sender, m.body, m.address as "to",
       d.choice, case when t.id is not null then json_build_object('handle', t.handle, 'name', t.name) end as agent, m.created_at as "sentAt",
       d.run_id as "runId", m.reply_to as "replyTo", m.reply is not null as "wantsReply",
       m.answered_at is not null as answered, d.due_at as "dueAt", d.ended_at as "endedAt"
     from (${open} union all ${ended}) d
     join mail m on m.id = d.mail_id join mailbox b on b.id = d.mailbox_id
     left join agent a on b.kind = 'agent' and a.workspace_id = b.workspace_id and a.handle = b.name
     left join "user" u on b.kind = 'person' and u.id = b.name
     left join agent t on t.id = d.agent_id and t.workspace_id = d.workspace_id
     where d.workspace_id = $1 and (b.kind <> 'person' or b.name = $2) and ($3::uuid is null or d.mail_id = $3)
       and ($4::uuid is null or d.mailbox_id = $4) and ($5::text is null or d.state = $5)
       and ($6::uuid[] is null or d.mail_id = any($6::uuid[]))
     order by d.ended_at desc nulls last, d.rank, d.due_at, d.number limit $7`,
    [
      ...[workspaceId, given.personId, given.message ?? null, given.mailbox ?? null],
      ...[given.state ?? null, given.messages ?? null, given.limit],
    ],
  );
  return rows.map(({ sentAt, dueAt, endedAt, priority, reason, choice, ...row }) => ({
    ...row,
    reason: reason ?? '',
    choice: choice ?? '',
    priority: priorities[priority] ?? 'normal',
    sentAt: sentAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }));
}

/** Messages that a step received under its key, by an earlier attempt. */
export async function receivedBy(
  pool: Pool,
  workspaceId: string,
  holder: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select mail_id as id from delivery_end where workspace_id = $1 and holder = $2 and "end" = 'done'`,
    [workspaceId, holder],
  );
  return rows.map(({ id }) => id);
}

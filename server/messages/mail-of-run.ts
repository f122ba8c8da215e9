import type { Pool } from 'pg';
import { maxHops, type Sender } from '@/lib/messages/schema';

/** The message that began a run, or the run at its top. */
export type MailOfRun = {
  id: string;
  sender: Sender;
  type: string;
  body: unknown;
  conversation: string;
  hops: number;
  reply: 'mailbox' | 'step' | null;
};

const columns = `m.id, m.sender, m.type, m.body, coalesce(m.conversation, m.id) as conversation, m.hops, m.reply`;

/** Undefined for a run that no message began. */
export async function mailOfRun(pool: Pool, runId: string): Promise<MailOfRun | undefined> {
  const { rows } = await pool.query<MailOfRun>(
    `select ${columns} from run r
     join lateral (
       select mail_id from delivery where run_id = coalesce(r.root_run_id, r.id)
       union all select mail_id from delivery_end where run_id = coalesce(r.root_run_id, r.id) limit 1) d on true
     join mail m on m.id = d.mail_id and m.workspace_id = r.workspace_id
     where r.id = $1`,
    [runId],
  );
  return rows[0];
}

/** Undefined where the workspace has no such message. */
export async function findMail(
  pool: Pool,
  workspaceId: string,
  id: string,
): Promise<MailOfRun | undefined> {
  const { rows } = await pool.query<MailOfRun>(
    `select ${columns} from mail m where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** The run in which the first of the messages was sent that led to this run, if a run sent it. */
export async function firstRunOf(pool: Pool, runId: string): Promise<string> {
  let first = runId;
  for (let hops = 0; hops <= maxHops; hops += 1) {
    const mail = await mailOfRun(pool, first);
    if (mail?.sender.kind !== 'run') return first;
    first = mail.sender.runId;
  }
  return first;
}

import type { Pool, PoolClient } from 'pg';
import { type MailConfig, storedMailConfig } from '@/lib/triggers/mail/schema';

/** A mailbox that one process looks at just now: what it writes counts while its token is the newest. */
export type TakenMailbox = {
  triggerId: string;
  workspaceId: string;
  workflowId: string;
  /** Who made the trigger, and answers for its use of the connection. */
  userId: string | null;
  config: MailConfig;
  token: string;
  /** Which mailbox and folder the numbers below are of; empty: it was never looked at. */
  mailbox: string;
  validity: string;
  uid: number;
  receivedAt: Date | null;
  failures: number;
};

/** A look that takes longer is taken over by another process. */
const leaseMinutes = 4;

export async function insertMailbox(client: PoolClient, triggerId: string): Promise<void> {
  await client.query('insert into trigger_mailbox (trigger_id) values ($1)', [triggerId]);
}

/** Looks anew, at once. `again`: only what comes from now on counts. Whoever looks just now loses its say. */
export async function resetMailbox(
  client: PoolClient,
  triggerId: string,
  again: boolean,
): Promise<void> {
  await client.query(
    `update trigger_mailbox set token = token + 1, look_at = now(), failures = 0, problem = '', problem_since = null,
       mailbox = case when $2 then '' else mailbox end
     where trigger_id = $1`,
    [triggerId, again],
  );
}

/** Takes mailboxes that are due, those of workflows that are not published once only: they wait. Nobody else takes them for some minutes. */
export async function takeMailboxes(pool: Pool, most: number): Promise<TakenMailbox[]> {
  if (most <= 0) return [];
  const { rows } = await pool.query<TakenMailbox & { uid: string }>(
    `with due as (
       select m.trigger_id from trigger_mailbox m join trigger t on t.id = m.trigger_id and t.enabled
         join workflow w on w.id = t.workflow_id and w.deleted_at is null
       where m.look_at <= now() and (w.live_version is not null or m.mailbox = '') order by m.look_at limit $1 for update of m skip locked
     )
     update trigger_mailbox m set token = m.token + 1, look_at = now() + make_interval(mins => $2)
     from due, trigger t where m.trigger_id = due.trigger_id and t.id = m.trigger_id
     returning m.trigger_id as "triggerId", t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.created_by as "userId", t.config,
       m.token, m.mailbox, m.validity, m.uid, m.received_at as "receivedAt", m.failures`,
    [most, leaseMinutes],
  );
  return rows.map((row) => ({
    ...row,
    uid: Number(row.uid),
    config: storedMailConfig.parse(row.config),
  }));
}

/** Whether nobody took it over, turned it off or changed it. */
export async function isOurs(
  pool: Pool,
  { triggerId, token }: Pick<TakenMailbox, 'triggerId' | 'token'>,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select 1 from trigger_mailbox where trigger_id = $1 and token = $2',
    [triggerId, token],
  );
  return rowCount === 1;
}

/** How far it was read. */
export type Cursor = { mailbox: string; validity: string; uid: number; receivedAt: Date | null };
/** What came of an email; a run is noted once, however often it was asked for. */
export type MailResult = {
  outcome: 'started' | 'failed' | 'skipped';
  runId?: string;
  note: string;
};

/** Moves the cursor on, with what came of the email before it. False where somebody else took the mailbox over. */
export async function moveCursor(
  pool: Pool,
  { triggerId, token }: Pick<TakenMailbox, 'triggerId' | 'token'>,
  cursor: Cursor,
  result?: MailResult,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with moved as (
       update trigger_mailbox set mailbox = $3, validity = $4, uid = $5,
         received_at = case when mailbox = $3 then greatest(received_at, $6) else $6 end
       where trigger_id = $1 and token = $2 returning trigger_id
     ), noted as (
       insert into trigger_delivery (trigger_id, outcome, run_id, note)
       select trigger_id, $7, $8::uuid, $9 from moved where $7::text is not null
         and not exists (select from trigger_delivery d where d.trigger_id = $1 and d.run_id = $8::uuid)
     ), told as (
       update trigger set last_run_id = $8::uuid, last_at = now()
       from moved where id = moved.trigger_id and $8::uuid is not null
     )
     select from moved`,
    [
      ...[triggerId, token, cursor.mailbox, cursor.validity, cursor.uid, cursor.receivedAt],
      ...[result?.outcome ?? null, result?.runId ?? null, (result?.note ?? '').slice(0, 500)],
    ],
  );
  return rowCount === 1;
}

/** Ends a look that went well. */
export async function endLook(
  pool: Pool,
  { triggerId, token }: Pick<TakenMailbox, 'triggerId' | 'token'>,
  nextMs: number,
): Promise<void> {
  await pool.query(
    `update trigger_mailbox set look_at = now() + make_interval(secs => $3::float8 / 1000), looked_at = now(), failures = 0,
       problem = '', problem_since = null
     where trigger_id = $1 and token = $2`,
    [triggerId, token, nextMs],
  );
}

/** Ends one that went wrong; the first of several is noted in the trigger's list. */
export async function failLook(
  pool: Pool,
  { triggerId, token }: Pick<TakenMailbox, 'triggerId' | 'token'>,
  problem: string,
  nextMs: number,
): Promise<void> {
  await pool.query(
    `with failed as (
       update trigger_mailbox set look_at = now() + make_interval(secs => $4::float8 / 1000), looked_at = now(),
         failures = failures + 1, problem = $3, problem_since = coalesce(problem_since, now())
       where trigger_id = $1 and token = $2 returning trigger_id, failures
     )
     insert into trigger_delivery (trigger_id, outcome, note)
     select trigger_id, 'failed', $3 from failed where failures = 1`,
    [triggerId, token, problem.slice(0, 500), nextMs],
  );
}

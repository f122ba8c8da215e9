import type { Pool, PoolClient } from 'pg';
import { maxFailures, type Settlement } from '@/lib/messages/schema';

type Db = Pool | PoolClient;

/** Nobody sends to these or settles in them meanwhile, where the order of messages counts. */
export async function holdMailboxes(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    'select 1 from mailbox where id = any($1::uuid[]) order by id for no key update',
    [ids],
  );
}

export type Claimed = { mailId: string; attempt: number };

/** Takes the next messages of a mailbox that is not paused. */
export async function claim(
  db: Db,
  workspaceId: string,
  given: { mailbox: string; limit: number; holder: string; leaseSeconds: number },
): Promise<Claimed[]> {
  const { rows } = await db.query<Claimed>(
    `with picked as (
       select d.mail_id, d.mailbox_id, d.priority, d.due_at, d.number from delivery d
       join mailbox b on b.id = d.mailbox_id and not b.paused and b.deleted_at is null
       where d.workspace_id = $1 and d.mailbox_id = $2 and d.state = 'waiting' and d.due_at <= now()
         and (d.expires_at is null or d.expires_at > now())
       order by d.priority, d.due_at, d.number limit $3 for update of d skip locked
     ), taken as (
       update delivery d set state = 'held', attempt = d.attempt + 1, holder = $4, held_at = clock_timestamp(),
         lease_until = clock_timestamp() + make_interval(secs => $5::int)
       from picked p where d.mail_id = p.mail_id and d.mailbox_id = p.mailbox_id
       returning d.mail_id, d.attempt, p.priority, p.due_at, p.number
     )
     select mail_id as "mailId", attempt from taken order by priority, due_at, number`,
    [workspaceId, given.mailbox, given.limit, given.holder, given.leaseSeconds],
  );
  return rows;
}

export type Settle = {
  message: string;
  mailbox: string;
  attempt: number;
  end: Settlement | 'cancel';
  error?: string | undefined;
  delayMs: number;
};

/** Settles what this holder holds under these attempts, and answers how many that were; all else is somebody else's. */
export async function settle(
  client: PoolClient,
  workspaceId: string,
  holder: string,
  items: readonly Settle[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `with given as (
       select * from jsonb_to_recordset($3::jsonb) as g(message uuid, mailbox uuid, attempt int, "end" text,
         error text, "delayMs" int)
     ), mine as (
       select d.*, g."end", g.error, g."delayMs",
         case when g."end" = 'done' then 'done' when g."end" = 'cancel' then 'cancelled'
           when g."end" = 'poison' or (g."end" = 'fail' and d.failures + 1 >= $4) then 'dead'
           when b.deleted_at is not null then 'cancelled' end as ended
       from delivery d join given g on d.mail_id = g.message and d.mailbox_id = g.mailbox
         join mailbox b on b.id = d.mailbox_id
       where d.workspace_id = $1 and d.state = 'held' and d.holder = $2 and d.attempt = g.attempt
         and d.lease_until > clock_timestamp() for update of d
     ), gone as (
       delete from delivery d using mine m
       where d.mail_id = m.mail_id and d.mailbox_id = m.mailbox_id and m.ended is not null
     ), ended as (
       insert into delivery_end (mail_id, mailbox_id, workspace_id, "end", reason, attempts, priority, holder,
         redriven, run_id, agent_id, choice, waited_ms, worked_ms, sent_at)
       select mail_id, mailbox_id, workspace_id, ended,
         coalesce(error, case when ended = 'done' then '' else 'It failed.' end), attempt, priority, holder, redriven,
         run_id, agent_id, choice, greatest(0, extract(epoch from held_at - created_at) * 1000)::bigint,
         greatest(0, extract(epoch from clock_timestamp() - held_at) * 1000)::bigint, created_at
       from mine where ended is not null
     ), back as (
       update delivery d set state = 'waiting', holder = null, lease_until = null, run_id = null, last_error = m.error,
         agent_id = case when b.kind = 'pool' then null else d.agent_id end,
         choice = case when b.kind = 'pool' then null else d.choice end,
         failures = d.failures + case when m."end" = 'fail' then 1 else 0 end,
         due_at = case when m."end" = 'fail' then now() + make_interval(secs => m."delayMs" / 1000.0) else d.due_at end
       from mine m join mailbox b on b.id = m.mailbox_id
       where d.mail_id = m.mail_id and d.mailbox_id = m.mailbox_id and m.ended is null
     )
     select count(*)::int as count from mine`,
    [workspaceId, holder, JSON.stringify(items), maxFailures],
  );
  return rows[0]?.count ?? 0;
}

/** Lets the first of each order key go that no other one stands before any more. */
export async function promote(db: Db, mailboxes?: readonly string[]): Promise<void> {
  await db.query(
    `update delivery n set state = 'waiting' where n.state = 'behind'
       and ($1::uuid[] is null or n.mailbox_id = any($1::uuid[])) and not exists (
         select from delivery h where h.mailbox_id = n.mailbox_id and h.order_key = n.order_key
           and h.number < n.number)`,
    [mailboxes ?? null],
  );
}

/** Ends what is past its time, gives back what is held no more, and lets what has waited long go further ahead. */
export async function sweepDeliveries(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ workspaceId: string }>(
    `with over as (
       delete from delivery d using mailbox b where b.id = d.mailbox_id and d.state in ('waiting', 'behind')
         and (d.expires_at <= now() or b.deleted_at is not null) returning d.*, b.deleted_at
     ), ended as (
       insert into delivery_end (mail_id, mailbox_id, workspace_id, "end", reason, attempts, priority, holder,
         redriven, agent_id, choice, waited_ms, worked_ms, sent_at)
       select mail_id, mailbox_id, workspace_id, case when deleted_at is null then 'expired' else 'cancelled' end,
         case when deleted_at is null then 'Nobody took it in time.' else 'Its pool was deleted.' end, attempt, priority, null, redriven,
         agent_id, choice,
         greatest(0, extract(epoch from now() - created_at) * 1000)::bigint, 0, created_at from over
     ), lost as (
       update delivery set state = 'waiting', holder = null, lease_until = null,
         last_error = 'Whoever held it did not settle it in time.'
       where state = 'held' and lease_until <= clock_timestamp() returning workspace_id
     ), aged as (
       update delivery set priority = priority - 1, aged_at = now()
       where state = 'waiting' and priority > 1 and due_at <= now() and aged_at < now() - interval '30 seconds'
     )
     select workspace_id as "workspaceId" from over union select workspace_id from lost`,
  );
  await promote(pool);
  return rows.map(({ workspaceId }) => workspaceId);
}

/** Puts dead and expired messages back, with all their tries; they do not expire again. */
export async function redrive(
  db: Db,
  workspaceId: string,
  { message, mailbox, personId }: { message?: string; mailbox?: string; personId: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `with back as (
       delete from delivery_end e using mailbox b
       where e.workspace_id = $1 and e."end" in ('dead', 'expired') and b.id = e.mailbox_id and b.deleted_at is null
         and (b.kind <> 'person' or b.name = $4)
         and ($2::uuid is null or e.mail_id = $2) and ($3::uuid is null or e.mailbox_id = $3)
       returning e.*, b.kind = 'pool' as pooled
     )
     insert into delivery (mail_id, mailbox_id, workspace_id, state, priority, due_at, order_key, attempt, redriven,
       agent_id, choice, created_at)
     select back.mail_id, back.mailbox_id, back.workspace_id,
       case when m.order_key is null then 'waiting' else 'behind' end, m.priority, now(), m.order_key, back.attempts,
       back.redriven + 1, case when not back.pooled then back.agent_id end,
       case when not back.pooled then back.choice end, back.sent_at
     from back join mail m on m.id = back.mail_id`,
    [workspaceId, message ?? null, mailbox ?? null, personId],
  );
  await promote(db);
  return rowCount ?? 0;
}

/** What a person has answered or dealt with is done in their own mailbox, if it waits there. Gives whether it did. */
export async function endForPerson(
  db: Db,
  given: { workspaceId: string; message: string; personId: string; reason: string },
): Promise<boolean> {
  const { workspaceId, message, personId, reason } = given;
  const { rowCount } = await db.query(
    `with gone as (
       delete from delivery d using mailbox b
       where d.workspace_id = $1 and d.mail_id = $2 and b.id = d.mailbox_id and b.kind = 'person' and b.name = $3
         and d.state in ('waiting', 'behind') returning d.*
     )
     insert into delivery_end (mail_id, mailbox_id, workspace_id, "end", reason, attempts, priority, holder, redriven,
       waited_ms, worked_ms, sent_at)
     select mail_id, mailbox_id, workspace_id, 'done', $4, attempt, priority, null, redriven,
       greatest(0, extract(epoch from now() - created_at) * 1000)::bigint, 0, created_at from gone`,
    [workspaceId, message, personId, reason],
  );
  await promote(db);
  return (rowCount ?? 0) > 0;
}

/** How many wait in a mailbox. */
export async function waitingIn(db: Db, mailbox: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from delivery where mailbox_id = $1 and state <> 'held'`,
    [mailbox],
  );
  return rows[0]?.count ?? 0;
}

/** Forgets deliveries that ended long ago, and messages of which nothing is left. */
export async function forgetEnded(pool: Pool, keepDays: number): Promise<void> {
  await pool.query('delete from delivery_end where at < now() - make_interval(days => $1)', [
    keepDays,
  ]);
  await pool.query(
    `delete from mail m where m.created_at < now() - make_interval(days => $1)
       and not exists (select from delivery d where d.mail_id = m.id)
       and not exists (select from delivery_end e where e.mail_id = m.id)`,
    [keepDays],
  );
  await pool.query(
    `delete from mailbox b where b.deleted_at < now() - make_interval(days => $1)
       and not exists (select from delivery d where d.mailbox_id = b.id)
       and not exists (select from delivery_end e where e.mailbox_id = b.id)`,
    [keepDays],
  );
}

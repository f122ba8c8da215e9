import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Sender } from '@/lib/messages/schema';

type Db = Pool | PoolClient;

export type MailRow = {
  id: string;
  place: number;
  address: object;
  type: string;
  body: unknown;
  priority: number;
  dedupe: string | null;
  orderKey: string | null;
  due: string | null;
  expires: string | null;
  /** Nobody chose when: people take their time, and lose nothing. */
  usual: boolean;
  replyTo: string | null;
  conversation: string;
  hops: number;
  reply: 'mailbox' | 'step' | null;
  /** Null for all mailboxes of agents and people, or those that subscribe to one of these patterns. */
  mailbox: string | null;
  patterns: string[] | null;
};
export type Sent = { id: string; recipients: number; duplicate: boolean };

/** Whether the owner of a mailbox is still there. */
const alive = `(b.deleted_at is null and (b.kind = 'pool'
  or (b.kind = 'agent' and exists (select from agent a where a.workspace_id = b.workspace_id and a.handle = b.name))
  or (b.kind = 'person' and exists (
    select from member p where p."organizationId" = b.workspace_id and p."userId" = b.name))))`;

/**
 * Recipients are those there are when it commits. A pool whose agents take turns counts them in its row, so that any
 * number of senders share one count; where none of its agents is ready, the message waits in the pool. The row of each pool
 * is held against its deletion, so that nothing comes into one that is gone: then all are refused.
 */
const insertSql = `with given as (
       select * from json_to_recordset($1::json) as g(id uuid, place int, address jsonb, type text, body json,
         priority int, dedupe text, "orderKey" text, due timestamptz, expires timestamptz, usual boolean, "replyTo" uuid, mailbox uuid,
         patterns json, conversation uuid, hops int, reply text)
     ), open as (
       select b.id from mailbox b where b.workspace_id = $2 and b.kind = 'pool' and b.deleted_at is null
         and (b.id in (select mailbox from given) or b.id in (select s.mailbox_id from given g
           cross join lateral json_array_elements_text(g.patterns) t(pattern)
           join subscription s on s.workspace_id = $2 and s.pattern = t.pattern where g.mailbox is null))
       for key share
     ), gone as (
       select g.mailbox from given g join mailbox b on b.id = g.mailbox and b.kind = 'pool'
       where g.mailbox not in (select id from open) limit 1
     ), made as (
       insert into mail (id, workspace_id, sender, sender_key, address, type, body, priority, dedupe_key,
         order_key, reply_to, expires_at, conversation, hops, reply)
       select id, $2, $3::jsonb, $4, address, type, coalesce(body, 'null'::json), priority, dedupe, "orderKey",
         "replyTo", expires, conversation, hops, reply from given
       where not exists (select from gone) order by place
       on conflict (workspace_id, sender_key, dedupe_key) do nothing returning id
     ), fresh as (
       select g.* from given g join made m on m.id = g.id
     ), turn as (
       select f.id, f.mailbox as pool, row_number() over (partition by f.mailbox order by f.place) as nth
       from fresh f join pool p on p.mailbox_id = f.mailbox and p.workspace_id = $2 and p.strategy = 'round-robin'
       where f."orderKey" is null
     ), moved as (
       update pool p set cursor = p.cursor + t.count from (select pool, count(*) as count from turn group by pool) t
       where p.mailbox_id = t.pool and p.workspace_id = $2
       returning p.mailbox_id, p.cursor - t.count as start, p.turns
     ), ready as (
       select o.mailbox_id as pool, o.start, a.id as agent, b.id as mailbox, l.name as title,
         row_number() over (partition by o.mailbox_id order by t.place) - 1 as nth,
         count(*) over (partition by o.mailbox_id) as of
       from moved o join mailbox l on l.id = o.mailbox_id
       cross join lateral unnest(o.turns) with ordinality t(agent, place)
       join agent a on a.id = t.agent and a.workspace_id = $2 and a.maintenance is null
       join mailbox b on b.workspace_id = $2 and b.kind = 'agent' and b.name = a.handle and not b.paused
     ), chosen as (
       select t.id, r.mailbox, r.agent, r.title from turn t
       join ready r on r.pool = t.pool and r.nth = (r.start + t.nth - 1) % r.of
     ), target as (
       select id, mailbox, agent, 'It was its turn in the pool ' || title || '.' as choice from chosen
       union all
       select f.id, b.id, null, null from fresh f join mailbox b on b.id = f.mailbox and b.workspace_id = $2
       where not exists (select from chosen c where c.id = f.id)
       union all
       select f.id, b.id, null, null from fresh f join mailbox b on b.workspace_id = $2 and b.kind <> 'pool' and ${alive}
       where f.mailbox is null and f.patterns is null
       union all
       select distinct f.id, b.id, null::uuid, null from fresh f
       cross join lateral json_array_elements_text(f.patterns) t(pattern)
       join subscription s on s.workspace_id = $2 and s.pattern = t.pattern
       join mailbox b on b.id = s.mailbox_id and ${alive}
       where f.mailbox is null and (b.kind <> 'pool' or b.id in (select id from open))
     ), spread as (
       insert into delivery (mail_id, mailbox_id, workspace_id, state, priority, due_at, expires_at, order_key,
         agent_id, choice)
       select f.id, t.mailbox, $2,
         case when f."orderKey" is not null and (
             exists (select from delivery d where d.mailbox_id = t.mailbox and d.order_key = f."orderKey")
             or exists (select from fresh o where o."orderKey" = f."orderKey" and o.place < f.place
               and o.mailbox = t.mailbox))
           then 'behind' else 'waiting' end,
         f.priority, coalesce(f.due, now()), case when f.usual and b.kind = 'person' then null else f.expires end,
         f."orderKey", t.agent, t.choice
       from fresh f join target t on t.id = f.id join mailbox b on b.id = t.mailbox
       order by f.place returning mail_id
     ), counted as (
       select mail_id, count(*)::int as count from spread group by mail_id
     )
     select coalesce(m.id, old.id) as id, m.id is not null as made, coalesce(c.count, 0) as recipients,
       exists (select from gone) as gone
     from given g left join made m on m.id = g.id left join counted c on c.mail_id = g.id
     left join mail old on old.workspace_id = $2 and old.sender_key = $4 and old.dedupe_key = g.dedupe
     order by g.place`;

/** Senders of several messages take turns in pools one after another, in the order of these. */
export async function holdPools(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    'select 1 from pool where mailbox_id = any($1::uuid[]) order by mailbox_id for update',
    [ids],
  );
}

/** Stores messages and spreads them over mailboxes as they are at this moment, in one statement. */
export async function insertMail(
  db: Db,
  { workspaceId, sender, senderKey }: { workspaceId: string; sender: Sender; senderKey: string },
  given: readonly MailRow[],
): Promise<Sent[]> {
  const { rows } = await db.query<{
    id: string | null;
    recipients: number;
    made: boolean;
    gone: boolean;
  }>(insertSql, [JSON.stringify(given), workspaceId, JSON.stringify(sender), senderKey]);
  if (rows[0]?.gone) {
    throw new AppError('not_found', 'The pool was deleted just now. Nothing was sent.');
  }
  const sent: Sent[] = [];
  for (const [index, { id, made, recipients }] of rows.entries()) {
    // One that somebody else committed in this moment is not seen by the statement that met it.
    const found = id ?? (await findByKey(db, workspaceId, senderKey, given[index]?.dedupe ?? ''));
    sent.push({
      id: found,
      recipients: made ? recipients : await recipientsOf(db, found),
      duplicate: !made,
    });
  }
  return sent;
}

async function findByKey(
  db: Db,
  workspaceId: string,
  senderKey: string,
  key: string,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'select id from mail where workspace_id = $1 and sender_key = $2 and dedupe_key = $3',
    [workspaceId, senderKey, key],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a message under a key is neither new nor there');
  return id;
}

async function recipientsOf(db: Db, id: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select (select count(*) from delivery where mail_id = $1)::int
       + (select count(*) from delivery_end where mail_id = $1)::int as count`,
    [id],
  );
  return rows[0]?.count ?? 0;
}

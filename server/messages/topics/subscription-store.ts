import type { Pool, PoolClient } from 'pg';
import type { MailboxKind } from '@/lib/messages/schema';

type Db = Pool | PoolClient;
export type SubscriptionRow = {
  id: string;
  topic: string;
  mailbox: string;
  kind: MailboxKind;
  name: string;
  title: string;
  createdAt: Date;
};

const selected = `select s.id, s.pattern as topic, b.id as mailbox, b.kind, b.name,
    coalesce(a.name, u.name, b.name) as title, s.created_at as "createdAt"
  from subscription s join mailbox b on b.id = s.mailbox_id
  left join agent a on b.kind = 'agent' and a.workspace_id = b.workspace_id and a.handle = b.name
  left join "user" u on b.kind = 'person' and u.id = b.name`;

/** Of agents and pools, and of the person who asks. */
export async function subscriptionsOf(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<SubscriptionRow[]> {
  const { rows } = await db.query<SubscriptionRow>(
    `${selected} where s.workspace_id = $1 and (b.kind <> 'person' or b.name = $2)
     order by s.pattern, b.kind, lower(coalesce(a.name, u.name, b.name)), s.id limit 2000`,
    [workspaceId, personId],
  );
  return rows;
}

/** The subscription of a mailbox to a pattern, which is made where there was none; none where it has as many as it may. */
export async function insertSubscription(
  db: Db,
  workspaceId: string,
  { mailbox, topic, most }: { mailbox: string; topic: string; most: number },
): Promise<SubscriptionRow | undefined> {
  await db.query(
    `insert into subscription (id, workspace_id, pattern, mailbox_id)
     select gen_random_uuid(), $1, $2, b.id from (select id from mailbox where id = $3 and workspace_id = $1 and deleted_at is null for key share) b
     where (select count(*) from subscription s where s.mailbox_id = b.id) < $4
     on conflict (workspace_id, pattern, mailbox_id) do nothing`,
    [workspaceId, topic, mailbox, most],
  );
  const { rows } = await db.query<SubscriptionRow>(
    `${selected} where s.workspace_id = $1 and s.pattern = $2 and s.mailbox_id = $3`,
    [workspaceId, topic, mailbox],
  );
  return rows[0];
}

/** Whether there was one: of an agent, a pool, or this person. */
export async function deleteSubscription(
  db: Db,
  workspaceId: string,
  { id, personId }: { id: string; personId: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from subscription s using mailbox b
     where s.workspace_id = $1 and s.id = $2 and b.id = s.mailbox_id and (b.kind <> 'person' or b.name = $3)`,
    [workspaceId, id, personId],
  );
  return (rowCount ?? 0) > 0;
}

export async function deleteByPattern(
  db: Db,
  workspaceId: string,
  { mailbox, topic }: { mailbox: string; topic: string },
): Promise<void> {
  await db.query(
    'delete from subscription where workspace_id = $1 and mailbox_id = $2 and pattern = $3',
    [workspaceId, mailbox, topic],
  );
}

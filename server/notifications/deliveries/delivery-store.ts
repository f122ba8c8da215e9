import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { TimeCursor } from '@/lib/api/cursor';
import type { NotificationKind } from '@/lib/notifications/contract';
import type { deliveryStates } from '@/lib/notifications/settings-contract';

type Db = Pick<Pool | PoolClient, 'query'>;

/** One that somebody has taken to send. */
export type Due = {
  id: string;
  workspaceId: string;
  channel: 'mail' | 'webhook';
  event: string;
  userId: string | null;
  notificationId: string | null;
  payload: Record<string, unknown>;
  attempts: number;
  createdAt: Date;
};

/** An e-mail to the actor, or an event, that only tries the settings. */
export async function insertTest(
  db: Db,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  channel: Due['channel'],
): Promise<string> {
  const id = randomUUID();
  await db.query(
    `insert into notification_delivery (id, workspace_id, channel, event, user_id) values ($1, $2, $3, 'test', $4)`,
    [id, workspaceId, channel, channel === 'mail' ? userId : null],
  );
  return id;
}

/** An event for the webhook of a workspace. */
export async function insertEvent(
  db: Db,
  { workspaceId, workflowId }: { workspaceId: string; workflowId: string },
  event: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await db.query(
    `insert into notification_delivery (id, workspace_id, channel, event, workflow_id, payload)
     values (gen_random_uuid(), $1, 'webhook', $2, $3, $4)`,
    [workspaceId, event, workflowId, JSON.stringify(payload)],
  );
}

/** How long an attempt may take before another process thinks that its own has died. */
const leaseSeconds = 180;

/** Takes what is due, a few; nobody else takes these until the lease is over. */
export async function takeDue(db: Db, limit: number): Promise<Due[]> {
  if (limit <= 0) return [];
  const { rows } = await db.query<Due>(
    `update notification_delivery d set attempts = d.attempts + 1, next_at = now() + $2 * interval '1 second'
     where id in (select id from notification_delivery where state = 'due' and next_at <= now()
       order by next_at limit $1 for update skip locked)
     returning id, workspace_id as "workspaceId", channel, event, user_id as "userId",
       notification_id as "notificationId", payload, attempts, created_at as "createdAt"`,
    [limit, leaseSeconds],
  );
  return rows;
}

type Mine = Pick<Due, 'id' | 'attempts'>;

/** Sent, or given up for good; only by the attempt that has it. */
export async function endDelivery(
  db: Db,
  { id, attempts }: Mine,
  state: 'sent' | 'failed',
  error: string | null,
): Promise<void> {
  await db.query(
    `update notification_delivery set state = $3, error = $4, ended_at = now()
     where id = $1 and attempts = $2 and state = 'due'`,
    [id, attempts, state, error],
  );
}

/** It is tried again later. */
export async function postpone(
  db: Db,
  { id, attempts }: Mine,
  seconds: number,
  error: string,
): Promise<void> {
  await db.query(
    `update notification_delivery set next_at = now() + $3 * interval '1 second', error = $4
     where id = $1 and attempts = $2 and state = 'due'`,
    [id, attempts, seconds, error],
  );
}

/** Nobody wants it any more: nothing is kept of it. */
export async function dropDelivery(db: Db, { id, attempts }: Mine): Promise<void> {
  await db.query('delete from notification_delivery where id = $1 and attempts = $2', [
    id,
    attempts,
  ]);
}

/** What an e-mail says, and to whom; undefined for a person who is no longer a member. */
export type Letter = {
  email: string;
  name: string;
  workspace: string;
  kind: NotificationKind | null;
  actorName: string | null;
  workflowId: string | null;
  workflowName: string | null;
  subject: Record<string, unknown>;
  body: string | null;
  mentions: string[] | null;
  read: boolean;
};

export async function letterFor(db: Db, due: Due): Promise<Letter | undefined> {
  const { rows } = await db.query<Letter>(
    `select u.email, u.name, o.name as workspace, n.kind, a.name as "actorName", w.id as "workflowId",
       w.name as "workflowName", coalesce(n.subject, '{}') as subject, n.read_at is not null as read,
       coalesce(left(c.body, 500), s.title, n.subject ->> 'text') as body, c.mentions
     from member m join "user" u on u.id = m."userId" join organization o on o.id = m."organizationId"
     left join notification n on n.id = $3 and n.workspace_id = $1 and n.user_id = $2
     left join workflow w on w.id = (n.subject ->> 'workflowId')::uuid and w.workspace_id = $1 and w.deleted_at is null
     left join comment c on c.id = (n.subject ->> 'commentId')::uuid
     left join suggestion s on s.id = (n.subject ->> 'suggestionId')::uuid
     left join "user" a on a.id = n.actor_id
     where m."organizationId" = $1 and m."userId" = $2`,
    [due.workspaceId, due.userId, due.notificationId],
  );
  return rows[0];
}

export type DeliveryRow = {
  id: string;
  channel: 'mail' | 'webhook';
  event: string;
  person: string | null;
  state: (typeof deliveryStates)[number];
  attempts: number;
  error: string | null;
  createdAt: Date;
  nextAt: Date;
  endedAt: Date | null;
};

/** Those of a workspace, newest first, behind the cursor. One more than `limit`, where there are more. */
export async function deliveriesBefore(
  db: Db,
  workspaceId: string,
  { limit, before }: { limit: number; before?: TimeCursor | undefined },
): Promise<DeliveryRow[]> {
  const { rows } = await db.query<DeliveryRow>(
    `select d.id, d.channel, d.event, u.name as person, d.state, d.attempts, d.error, d.created_at as "createdAt",
       d.next_at as "nextAt", d.ended_at as "endedAt"
     from notification_delivery d
     left join member m on m."organizationId" = d.workspace_id and m."userId" = d.user_id
     left join "user" u on u.id = m."userId"
     where d.workspace_id = $1 and ($2::timestamptz is null or (d.created_at, d.id) < ($2::timestamptz, $3::uuid))
     order by d.created_at desc, d.id desc limit $4`,
    [workspaceId, before?.at ?? null, before?.id ?? null, limit + 1],
  );
  return rows;
}

/** Forgets what was sent or given up long ago. */
export async function deleteEnded(db: Db, days: number): Promise<void> {
  await db.query(
    `delete from notification_delivery where state <> 'due' and ended_at < now() - $1 * interval '1 day'`,
    [days],
  );
}

import type { Pool, PoolClient } from 'pg';
import type { PoolView, Strategy } from '@/lib/messages/pools';
import { usualTasksAtOnce } from '@/lib/messages/schema';

type Db = Pool | PoolClient;

/** What agents hold as tasks of messages, in their own mailbox or through pools. */
const openOf = (agent: string, mailbox: string) => `(select count(*)::int from delivery d
  where d.state = 'held' and d.run_id is not null and (d.agent_id = ${agent} or d.mailbox_id = ${mailbox}))`;

/** All pools of a workspace, or one. */
export async function poolsOf(db: Db, workspaceId: string, id?: string): Promise<PoolView[]> {
  const { rows } = await db.query<PoolView>(
    `select b.id, b.name, b.paused, coalesce(p.strategy, 'least-busy') as strategy,
       (select count(*)::int from delivery d where d.mailbox_id = b.id and d.state in ('waiting', 'behind')) as waiting,
       (select count(*)::int from delivery d where d.mailbox_id = b.id and d.state = 'held') as held,
       coalesce((
         select json_agg(json_build_object('id', a.id, 'handle', a.handle, 'name', a.name, 'weight', m.weight,
           'most', coalesce((a.limits ->> 'maxAtOnce')::int, $3), 'open', ${openOf('a.id', 'own.id')})
           order by lower(a.name), a.id)
         from pool_member m join agent a on a.id = m.agent_id and a.workspace_id = $1
         left join mailbox own on own.workspace_id = $1 and own.kind = 'agent' and own.name = a.handle
         where m.pool_id = b.id), '[]') as agents
     from mailbox b left join pool p on p.mailbox_id = b.id
     where b.workspace_id = $1 and b.kind = 'pool' and b.deleted_at is null and ($2::uuid is null or b.id = $2)
     order by lower(b.name), b.id`,
    [workspaceId, id ?? null, usualTasksAtOnce],
  );
  return rows;
}

type Settings = { strategy: Strategy };

/** Holds a pool, so that one changes it at a time. Its settings; undefined where there is none. */
export async function holdPool(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<Settings | undefined> {
  // One that an earlier version of the product made has no row yet.
  await client.query(
    `insert into pool (mailbox_id, workspace_id, strategy)
     select id, $1, 'least-busy' from mailbox where workspace_id = $1 and id = $2 and kind = 'pool' and deleted_at is null
     on conflict do nothing`,
    [workspaceId, id],
  );
  const { rows } = await client.query<Settings>(
    'select strategy from pool where workspace_id = $1 and mailbox_id = $2 for update',
    [workspaceId, id],
  );
  return rows[0];
}

export async function changePool(
  client: PoolClient,
  workspaceId: string,
  id: string,
  { strategy }: Settings,
): Promise<void> {
  await client.query('update pool set strategy = $3 where workspace_id = $1 and mailbox_id = $2', [
    workspaceId,
    id,
    strategy,
  ]);
}

export async function agentsCalled(
  db: Db,
  workspaceId: string,
  handles: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; handle: string }>(
    'select id, handle from agent where workspace_id = $1 and handle = any($2::text[])',
    [workspaceId, handles],
  );
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}

/** Replaces the agents of a pool and the order of their turns; each gets a mailbox, where it had none. */
export async function replaceMembers(
  client: PoolClient,
  workspaceId: string,
  {
    id,
    members,
    turns,
  }: { id: string; members: { id: string; weight: number }[]; turns: string[] },
): Promise<void> {
  const ids = members.map((one) => one.id);
  await client.query('delete from pool_member where pool_id = $1 and agent_id <> all($2::uuid[])', [
    id,
    ids,
  ]);
  await client.query(
    `insert into pool_member (pool_id, agent_id, weight)
     select $1, m.id, m.weight from json_to_recordset($2::json) as m(id uuid, weight int)
     on conflict (pool_id, agent_id) do update set weight = excluded.weight`,
    [id, JSON.stringify(members)],
  );
  await client.query(
    `insert into mailbox (id, workspace_id, kind, name)
     select gen_random_uuid(), $1, 'agent', handle from agent where workspace_id = $1 and id = any($2::uuid[])
     on conflict (workspace_id, kind, name) do nothing`,
    [workspaceId, ids],
  );
  await client.query(
    'update pool set turns = $3::uuid[] where workspace_id = $1 and mailbox_id = $2',
    [workspaceId, id, turns],
  );
}

/** Topics that a pool subscribes to. */
export async function topicsOfPool(db: Db, workspaceId: string, id: string): Promise<string[]> {
  const { rows } = await db.query<{ topic: string }>(
    'select pattern as topic from subscription where workspace_id = $1 and mailbox_id = $2 order by pattern',
    [workspaceId, id],
  );
  return rows.map(({ topic }) => topic);
}

/**
 * Takes a pool away from whoever sends and takes: its mailbox stays under another name, and all that waits in it ends.
 * Who sends at this moment is waited for, and who comes later finds none. Undefined where there is no such pool.
 */
export async function closePool(
  client: PoolClient,
  workspaceId: string,
  id: string,
  by: string,
): Promise<{ name: string; cancelled: number } | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select name from mailbox where workspace_id = $1 and id = $2 and kind = 'pool' and deleted_at is null for update`,
    [workspaceId, id],
  );
  const name = rows[0]?.name;
  if (name === undefined) return undefined;
  await client.query(
    `update mailbox set deleted_at = now(), name = left(name, 70) || ' (deleted ' || left(id::text, 8) || ')' where id = $1`,
    [id],
  );
  await client.query('delete from subscription where mailbox_id = $1', [id]);
  await client.query('delete from pool where mailbox_id = $1', [id]);
  const { rowCount } = await client.query(
    `with gone as (
       delete from delivery where mailbox_id = $1 and state in ('waiting', 'behind') returning *
     )
     insert into delivery_end (mail_id, mailbox_id, workspace_id, "end", reason, attempts, priority, holder, redriven,
       waited_ms, worked_ms, sent_at)
     select mail_id, mailbox_id, workspace_id, 'cancelled', $2, attempt, priority, null, redriven,
       greatest(0, extract(epoch from now() - created_at) * 1000)::bigint, 0, created_at from gone`,
    [id, `The pool “${name}” was deleted by ${by}.`],
  );
  return { name, cancelled: rowCount ?? 0 };
}

/** Names of the pools of a workspace. */
export async function namesOfPools(db: Db, workspaceId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select name from mailbox where workspace_id = $1 and kind = 'pool' and deleted_at is null`,
    [workspaceId],
  );
  return rows.map(({ name }) => name);
}

import type { Pool, PoolClient } from 'pg';
import { leastBusy } from '@/lib/messages/pools';
import { usualTasksAtOnce } from '@/lib/messages/schema';
import { transaction } from '@/server/db/transaction';
import { taskHolder } from './task-store';

/** Mailboxes of agents, and pools of agents, in which something waits that may become a task. */
export async function mailboxesToStart(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select b.id from mailbox b where not b.paused and b.starts_tasks and b.deleted_at is null
       and (b.kind = 'agent' or (b.kind = 'pool' and exists (select from pool_member m where m.pool_id = b.id)))
       and not (b.kind = 'agent' and exists (select from agent a
         where a.workspace_id = b.workspace_id and a.handle = b.name and a.maintenance is not null))
       and exists (
         select from delivery d where d.mailbox_id = b.id and d.state = 'waiting' and d.due_at <= now()
           and (d.expires_at is null or d.expires_at > now())) limit 500`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes messages of a mailbox for tasks, as many as its agents may have at once, each under the id of its run. Who takes
 * from a mailbox does so alone, and not while it is being paused; who takes from a pool holds those of the agents that it
 * gives something to. Answers how many it took.
 */
export function takeForTasks(pool: Pool, mailbox: string): Promise<number> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ kind: string; workspaceId: string }>(
      `select kind, workspace_id as "workspaceId" from mailbox
       where id = $1 and not paused and starts_tasks and deleted_at is null for no key update skip locked`,
      [mailbox],
    );
    const [found] = rows;
    if (found === undefined) return 0;
    if (found.kind === 'pool') return takeFromPool(client, found.workspaceId, mailbox);
    // Read after the row is held: what another process has just taken counts.
    const [agent] = await readyAgents(client, found.workspaceId, [mailbox]);
    if (agent?.rests === true) return 0;
    const room = (agent?.most ?? usualTasksAtOnce) - (agent?.open ?? 0);
    const picked = await pick(client, mailbox, room);
    return give(
      client,
      mailbox,
      picked.map((mail) => ({ mail })),
    );
  });
}

async function takeFromPool(
  client: PoolClient,
  workspaceId: string,
  pool: string,
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `select b.id from pool_member m join agent a on a.id = m.agent_id and a.workspace_id = $2
     join mailbox b on b.workspace_id = $2 and b.kind = 'agent' and b.name = a.handle
     where m.pool_id = $1 and not b.paused and b.starts_tasks and a.maintenance is null order by b.id for no key update of b skip locked`,
    [pool, workspaceId],
  );
  const agents = await readyAgents(
    client,
    workspaceId,
    rows.map(({ id }) => id),
    pool,
  );
  const room = agents.reduce((sum, { most, open }) => sum + Math.max(0, most - open), 0);
  const picked = await pick(client, pool, room);
  const members = agents.map(({ givenAt, ...one }) => ({ ...one, givenAt: givenAt?.getTime() }));
  const chosen = leastBusy(members, picked.length);
  const given = picked.flatMap((mail, index) => {
    const agent = chosen[index];
    return agent === undefined ? [] : [{ mail, agent: agent.id, choice: agent.choice }];
  });
  await client.query(
    `update pool_member set given_at = clock_timestamp() where pool_id = $1 and agent_id = any($2::uuid[])`,
    [pool, given.map(({ agent }) => agent)],
  );
  return give(client, pool, given);
}

type ReadyAgent = {
  id: string;
  open: number;
  most: number;
  weight: number;
  givenAt: Date | null;
  /** It is in maintenance. */
  rests: boolean;
};

/** Agents of these mailboxes, with what they work on. */
async function readyAgents(
  client: PoolClient,
  workspaceId: string,
  mailboxes: readonly string[],
  pool?: string,
): Promise<ReadyAgent[]> {
  const { rows } = await client.query<ReadyAgent>(
    `select a.id, coalesce((a.limits ->> 'maxAtOnce')::int, $3) as most, coalesce(m.weight, 1) as weight,
       m.given_at as "givenAt", a.maintenance is not null as rests, (select count(*)::int from delivery d
         where d.state = 'held' and d.holder = $4 and (d.mailbox_id = b.id or d.agent_id = a.id)) as open
     from mailbox b join agent a on a.workspace_id = b.workspace_id and a.handle = b.name
     left join pool_member m on m.agent_id = a.id and m.pool_id = $5
     where b.workspace_id = $1 and b.id = any($2::uuid[])`,
    [workspaceId, mailboxes, usualTasksAtOnce, taskHolder, pool ?? null],
  );
  return rows;
}

async function pick(client: PoolClient, mailbox: string, room: number): Promise<string[]> {
  if (room <= 0) return [];
  const { rows } = await client.query<{ id: string }>(
    `select mail_id as id from delivery where mailbox_id = $1 and state = 'waiting' and due_at <= now()
       and (expires_at is null or expires_at > now())
     order by priority, due_at, number limit $2 for update skip locked`,
    [mailbox, Math.min(room, 200)],
  );
  return rows.map(({ id }) => id);
}

async function give(
  client: PoolClient,
  mailbox: string,
  given: readonly { mail: string; agent?: string; choice?: string }[],
): Promise<number> {
  if (given.length === 0) return 0;
  const { rowCount } = await client.query(
    `update delivery d set state = 'held', attempt = d.attempt + 1, holder = $3, held_at = clock_timestamp(),
       lease_until = 'infinity', run_id = gen_random_uuid(), agent_id = coalesce(g.agent, d.agent_id),
       choice = coalesce(g.choice, d.choice)
     from json_to_recordset($2::json) as g(mail uuid, agent uuid, choice text)
     where d.mail_id = g.mail and d.mailbox_id = $1`,
    [mailbox, JSON.stringify(given), taskHolder],
  );
  return rowCount ?? 0;
}

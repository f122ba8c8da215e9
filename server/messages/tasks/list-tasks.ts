import type { Pool } from 'pg';

/** The newest tasks of an agent that messages began, with the names of who sent these. */
export async function tasksFromMessages(
  pool: Pool,
  workspaceId: string,
  handle: string,
  limit: number,
): Promise<{ runId: string; from: string }[]> {
  const { rows } = await pool.query<{ runId: string; from: string }>(
    `with own as (
       select id from mailbox where workspace_id = $1 and kind = 'agent' and name = $2
     ), self as (
       select id from agent where workspace_id = $1 and handle = $2
     ), task as (
       select run_id, mail_id, held_at as at from delivery where run_id is not null
         and (mailbox_id in (select id from own) or agent_id in (select id from self))
       union
       (select run_id, mail_id, at from delivery_end where workspace_id = $1 and run_id is not null
         and mailbox_id in (select id from own) order by at desc limit $3)
       union
       (select run_id, mail_id, at from delivery_end where workspace_id = $1 and run_id is not null
         and agent_id in (select id from self) order by at desc limit $3)
     )
     select t.run_id as "runId", m.sender ->> 'name' as "from" from task t join mail m on m.id = t.mail_id
     order by t.at desc nulls last limit $3`,
    [workspaceId, handle, limit],
  );
  return rows;
}

import type { Pool } from 'pg';

/** The newest tasks of an agent that messages began, with the names of who sent these. */
export async function tasksFromMessages(
  pool: Pool,
  workspaceId: string,
  handle: string,
  limit: number,
): Promise<{ runId: string; from: string }[]> {
  const { rows } = await pool.query<{ runId: string; from: string }>(
    `select d.run_id as "runId", m.sender ->> 'name' as "from" from mailbox b
     join lateral (
       select run_id, mail_id, held_at as at from delivery where mailbox_id = b.id and run_id is not null
       union all
       (select run_id, mail_id, at from delivery_end where workspace_id = $1 and mailbox_id = b.id and run_id is not null
        order by at desc limit $3)) d on true
     join mail m on m.id = d.mail_id
     where b.workspace_id = $1 and b.kind = 'agent' and b.name = $2
     order by d.at desc nulls last limit $3`,
    [workspaceId, handle, limit],
  );
  return rows;
}

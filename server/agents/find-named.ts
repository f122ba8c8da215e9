import type { Pool } from 'pg';
import { z } from 'zod';

export type NamedAgent = { id: string; handle: string; name: string };

/** The agent that a request names: by its id, else its handle, else its name, whatever the case. */
export async function findNamed(
  pool: Pool,
  workspaceId: string,
  asked: string,
): Promise<NamedAgent | undefined> {
  const id = z.uuid().safeParse(asked);
  const { rows } = await pool.query<NamedAgent>(
    `select id, handle, name from agent
     where workspace_id = $1 and (id = $2 or handle = $3 or lower(name) = lower($4))
     order by (id = $2) desc nulls last, (handle = $3) desc, created_at limit 1`,
    [workspaceId, id.success ? id.data : null, asked.replace(/^@/, '').toLowerCase(), asked],
  );
  return rows[0];
}

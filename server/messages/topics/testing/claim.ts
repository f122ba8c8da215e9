import type { Pool } from 'pg';
import { claim, type Settle } from '../../delivery-store';

/** Takes some messages of any mailbox of a workspace, to be settled as done. */
export async function claimForTest(
  pool: Pool,
  workspaceId: string,
  holder: string,
): Promise<Settle[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select distinct mailbox_id as id from delivery where workspace_id = $1 and state = 'waiting'`,
    [workspaceId],
  );
  const taken: Settle[] = [];
  for (const { id } of rows) {
    const given = { mailbox: id, limit: 20, holder, leaseSeconds: 60 };
    for (const { mailId, attempt } of await claim(pool, workspaceId, given)) {
      taken.push({ message: mailId, mailbox: id, attempt, end: 'done', delayMs: 0 });
    }
  }
  return taken;
}

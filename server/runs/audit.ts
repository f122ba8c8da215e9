import type { Pool } from 'pg';
import type { Actor } from '@/lib/people/schema';

/** One line of the audit trail about a run. */
export async function insertAudit(
  pool: Pool,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  action: string,
  runId: string,
): Promise<void> {
  await pool.query(
    `insert into audit (workspace_id, actor_id, action, subject_type, subject_id)
     values ($1, $2, $3, 'run', $4)`,
    [actor.workspaceId, actor.userId, action, runId],
  );
}

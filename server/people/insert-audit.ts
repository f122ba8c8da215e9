import type { Pool, PoolClient } from 'pg';

type Subject = {
  type:
    | 'workflow'
    | 'file'
    | 'run'
    | 'trigger'
    | 'connection'
    | 'budget'
    | 'experiment'
    | 'table'
    | 'memory'
    | 'model'
    | 'service'
    | 'mcp_server'
    | 'pool'
    | 'workspace';
  id: string;
};

/**
 * One line of the audit trail. Give it the connection of the change that it tells of, so that both commit or neither
 * does. Without a user, the product itself did it.
 */
export async function insertAudit(
  db: Pick<Pool | PoolClient, 'query'>,
  actor: Readonly<{ workspaceId: string; userId: string | null }>,
  action: string,
  subject: Subject,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await db.query(
    `insert into audit (workspace_id, actor_id, action, subject_type, subject_id, detail)
     values ($1, $2, $3, $4, $5, $6)`,
    [actor.workspaceId, actor.userId, action, subject.type, subject.id, JSON.stringify(detail)],
  );
}

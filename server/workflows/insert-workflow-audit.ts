import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { insertAudit } from './store';

/** One line of the audit trail about a workflow, for other nouns, in the transaction of what it tells of. */
export function insertWorkflowAudit(
  client: PoolClient,
  actor: Actor,
  action: string,
  workflowId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return insertAudit(client, actor, action, workflowId, detail);
}

import type { Pool } from 'pg';
import { queuesOfAgents } from './mailbox-store';

/** How many messages wait for each agent of a workspace, by its handle. */
export function waitingForAgents(pool: Pool, workspaceId: string): Promise<Map<string, number>> {
  return queuesOfAgents(pool, workspaceId);
}

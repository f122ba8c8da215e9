import { type KnownConnection, knownOf } from '@/lib/workflows/problems/connection-problems';
import type { Services } from '@/server/services';
import { connectionsOf } from './store';

/** What the check of a workflow needs to know of the workspace's connections. */
export async function knownConnections(
  { pool }: Pick<Services, 'pool'>,
  workspaceId: string,
): Promise<KnownConnection[]> {
  return (await connectionsOf(pool, workspaceId)).map(knownOf);
}

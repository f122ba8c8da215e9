import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listConnections as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { connectionsOf } from './store';
import { viewConnection } from './view';

/** All connections of the workspace by name: their number is limited. */
export async function listConnections(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: (await connectionsOf(pool, workspaceId)).map(viewConnection) };
}

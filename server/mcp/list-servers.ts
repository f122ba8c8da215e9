import type { ResultOf } from '@/lib/api/define-route';
import type { listMcpServers as contract } from '@/lib/mcp/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { serversOf } from './store';
import { viewServer } from './view';

/** The MCP servers of the workspace by name. */
export async function listMcpServers(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
): Promise<ResultOf<typeof contract>> {
  return { items: (await serversOf(pool, workspaceId)).map(viewServer) };
}

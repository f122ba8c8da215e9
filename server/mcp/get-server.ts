import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getMcpServer as contract } from '@/lib/mcp/contract';
import type { Actor } from '@/lib/people/schema';
import { mcpRef } from '@/lib/tools/mcp-tool';
import { agentsWithTools } from '@/server/agents/agents-with-tools';
import type { Services } from '@/server/services';
import { requireServer, viewDetail } from './view';

/** One server, its tools, what waits to be accepted, and the agents that use it. Throws `not_found`. */
export async function getMcpServer(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireServer(services, actor, id);
  return viewDetail(row, await agentsWithTools(services.pool, actor.workspaceId, mcpRef(id)));
}

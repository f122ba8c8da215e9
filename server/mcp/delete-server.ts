import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteMcpServer as contract } from '@/lib/mcp/contract';
import type { Actor } from '@/lib/people/schema';
import { mcpRef } from '@/lib/tools/mcp-tool';
import { agentsWithTools } from '@/server/agents/agents-with-tools';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdServer, removeServer } from './store';
import { noServer, requireServer } from './view';

/**
 * Deletes a server. Agents that were given its tools go on without them, so that it needs `force` while there are any:
 * `conflict` with the agents otherwise. Throws `not_found`.
 */
export async function deleteMcpServer(
  services: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const { name } = await requireServer(services, actor, id);
  const agents = await agentsWithTools(services.pool, workspaceId, mcpRef(id));
  if (agents.length > 0 && query.force === undefined) {
    const who = agents.length === 1 ? `the agent “${agents[0]?.name}”` : `${agents.length} agents`;
    const message = `“${name}” is used by ${who}. Delete it with force, and they go on without its tools.`;
    throw new AppError('conflict', message, { agents });
  }
  await transaction(services.pool, async (client) => {
    if ((await holdServer(client, workspaceId, id)) === undefined) throw noServer();
    await removeServer(client, workspaceId, id);
    await insertAudit(client, actor, 'mcp_server.deleted', { type: 'mcp_server', id }, { name });
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return { id };
}

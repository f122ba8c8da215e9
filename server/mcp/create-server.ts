import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createMcpServer as contract } from '@/lib/mcp/contract';
import { mcpLimits } from '@/lib/mcp/schema';
import type { Actor } from '@/lib/people/schema';
import { toolName } from '@/lib/tools/tool-name';
import { requireNamed } from '@/server/connections/require-named';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { asRefused } from './as-refused';
import { fetchTools } from './fetch-tools';
import { holdCount, insertServer, isTaken } from './store';
import { nameTaken, requireServer, viewDetail } from './view';

/**
 * Adds an MCP server: its tools are listed now, and taken as they are. Throws `invalid_input` or `provider_failed` where it
 * cannot be used, `conflict` for a taken name or where there are too many.
 */
export async function createMcpServer(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  const { workspaceId, userId } = actor;
  const { name, url, connection = null } = body;
  if (connection !== null) await requireNamed(services, workspaceId, connection);
  // Short, so that the names of its tools have room.
  const slug = toolName('', name).slice(0, 24).replace(/_+$/, '');
  const listed = await fetchTools(
    services,
    { workspaceId, name, url, connection, slug },
    userId,
  ).catch((error: unknown) => {
    throw asRefused(error);
  });
  const id = randomUUID();
  const tools = listed.tools.map((tool) => ({ ...tool, reads: false }));
  try {
    await transaction(pool, async (client) => {
      if ((await holdCount(client, workspaceId)) >= mcpLimits.servers) {
        throw new AppError('conflict', `A workspace may have ${mcpLimits.servers} MCP servers.`);
      }
      const row = { id, workspaceId, name, slug, url, connection, listed, tools };
      await insertServer(client, { ...row, createdBy: userId });
      const detail = { name, url, connection, tools: tools.length };
      await insertAudit(client, actor, 'mcp_server.created', { type: 'mcp_server', id }, detail);
    });
  } catch (error) {
    throw isTaken(error) ? nameTaken(name) : error;
  }
  bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return viewDetail(await requireServer(services, actor, id), []);
}

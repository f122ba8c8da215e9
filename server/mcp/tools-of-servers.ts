import type { Pool } from 'pg';
import { driftOf, heldBack } from '@/lib/mcp/drift';
import type { Tool } from '@/lib/tools/define-tool';
import { mcpTool } from '@/lib/tools/mcp-tool';
import { serversOf } from './store';

/** The tools of all MCP servers of a workspace, as they were accepted. */
export async function toolsOfServers(pool: Pool, workspaceId: string): Promise<Tool[]> {
  const rows = await serversOf(pool, workspaceId);
  return rows.flatMap(({ id, name, slug, connection, tools, seen, problem }) => {
    const server = { id, name, slug, connected: connection !== null };
    const drift = driftOf(tools, seen ?? tools);
    return tools.map((tool) =>
      mcpTool(server, tool, {
        unavailable: heldBack(name, tool, drift),
        trouble: problem ?? undefined,
      }),
    );
  });
}

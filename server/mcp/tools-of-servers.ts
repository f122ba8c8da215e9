import type { Pool } from 'pg';
import { driftOf, heldBack } from '@/lib/mcp/drift';
import type { Tool } from '@/lib/tools/define-tool';
import { mcpTool } from '@/lib/tools/mcp-tool';
import { serversOf } from './store';

/** The tools of all MCP servers of a workspace, as they were accepted. */
export async function toolsOfServers(
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<Tool[]> {
  const rows = await serversOf(db, workspaceId);
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

/** Another text after any change of a server: `xmin` is the transaction that wrote a row last. */
export async function markOfServers(db: Pick<Pool, 'query'>, workspaceId: string): Promise<string> {
  const { rows } = await db.query<{ mark: string | null }>(
    `select string_agg(id || ':' || xmin::text, ',' order by id) as mark from mcp_server where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.mark ?? '';
}

import { AppError } from '@/lib/api/errors';
import type { McpServer, McpServerDetail } from '@/lib/mcp/contract';
import { driftCount, driftOf, heldBack } from '@/lib/mcp/drift';
import type { ServerTool } from '@/lib/mcp/schema';
import type { Actor } from '@/lib/people/schema';
import { toolName } from '@/lib/tools/tool-name';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { findServer, type McpServerRow } from './store';

/** A server as people see it in a list. */
export function viewServer(row: McpServerRow): McpServer {
  const { id, name, url, connection, title, version, protocol, problem, revision } = row;
  return {
    ...{ id, name, url, connection, title, version, protocol, problem, revision },
    toolCount: row.tools.length,
    refusedCount: row.refused.length,
    driftCount: driftCount(driftOfRow(row)),
    triedAt: row.triedAt.toISOString(),
    listedAt: row.listedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

/** With its tools, and what waits for somebody to accept it. */
export function viewDetail(row: McpServerRow, agents: McpServerDetail['agents']): McpServerDetail {
  const drift = driftOfRow(row);
  const shown = (tool: ServerTool) => ({ ...tool, toolName: toolName('mcp', row.slug, tool.name) });
  return {
    ...viewServer(row),
    tools: row.tools.map((tool) => ({
      ...shown(tool),
      reads: tool.reads,
      heldBack: heldBack(row.name, tool, drift) ?? null,
    })),
    refused: row.refused,
    drift:
      row.seen === null
        ? null
        : {
            print: printOfList(row.seen),
            added: drift.added.map(shown),
            removed: drift.removed.map(shown),
            changed: drift.changed.map(({ before, after }) => ({
              before: shown(before),
              after: shown(after),
            })),
          },
    agents,
  };
}

export const driftOfRow = ({ tools, seen }: Pick<McpServerRow, 'tools' | 'seen'>) =>
  driftOf(tools, seen ?? tools);

/** Of what is listed as a whole: who accepts it accepts nothing else. */
export const printOfList = (tools: readonly ServerTool[]): string =>
  hashOf(tools.map(({ name, print }) => [name, print]));

export const noServer = () => new AppError('not_found', 'This MCP server does not exist.');

export const nameTaken = (name: string) =>
  new AppError(
    'conflict',
    `There is already an MCP server “${name}”, or one whose name looks the same. Choose another name.`,
  );

/** A server of the actor's workspace. Throws `not_found` for any other. */
export async function requireServer(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<McpServerRow> {
  const row = await findServer(pool, workspaceId, id);
  if (row === undefined) throw noServer();
  return row;
}

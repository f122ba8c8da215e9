import { driftCount, driftOf } from '@/lib/mcp/drift';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdServer, type ListedServer, type McpServerRow, noteListed } from './store';
import { printOfList } from './view';

/**
 * Keeps what a server lists where that is not what was accepted: until somebody accepts it, changed tools are held back.
 * Undefined: the server is gone, or has another address by now, whose list this is not.
 */
export async function noteList(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  row: McpServerRow,
  listed: ListedServer,
  by: { userId: string | null },
): Promise<Pick<McpServerRow, 'tools' | 'seen'> | 'missing' | undefined> {
  const { workspaceId, id } = row;
  const now = await transaction(pool, async (client) => {
    const held = await holdServer(client, workspaceId, id);
    if (held === undefined) return 'missing';
    if (held.url !== row.url || held.connection !== row.connection) return undefined;
    const drift = driftOf(held.tools, listed.tools);
    const seen = driftCount(drift) === 0 ? null : listed.tools;
    await noteListed(client, held, listed, seen);
    const isNews =
      seen !== null && (held.seen === null || printOfList(held.seen) !== printOfList(seen));
    if (isNews) {
      const detail = {
        ...{ name: held.name, added: drift.added.length },
        ...{ removed: drift.removed.length, changed: drift.changed.length },
      };
      const actor = { workspaceId, userId: by.userId };
      await insertAudit(client, actor, 'mcp_server.drifted', { type: 'mcp_server', id }, detail);
    }
    return { tools: held.tools, seen };
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return now;
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { acceptMcpServer as contract } from '@/lib/mcp/contract';
import { acceptDrift } from '@/lib/mcp/drift';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { getMcpServer } from './get-server';
import { changeServer, holdServer } from './store';
import { driftOfRow, noServer, printOfList } from './view';

/**
 * Takes the tools that a server lists by now in place of those that were accepted. `print` names what was looked at: throws
 * `conflict` when that is not what is listed any more, and `not_found`.
 */
export async function acceptMcpServer(
  services: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body: { print } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  await transaction(services.pool, async (client) => {
    const row = await holdServer(client, workspaceId, id);
    if (row === undefined) throw noServer();
    if (row.seen === null || printOfList(row.seen) !== print) {
      throw new AppError(
        'conflict',
        'The server lists something else by now, or somebody has accepted this already. Look at it again.',
      );
    }
    const { added, removed, changed } = driftOfRow(row);
    await changeServer(client, { ...row, tools: acceptDrift(row.tools, row.seen), seen: null });
    const names = (tools: readonly { name: string }[]) =>
      tools.map(({ name }) => name).slice(0, 50);
    const detail = {
      ...{ name: row.name, added: names(added), removed: names(removed) },
      changed: names(changed.map(({ after }) => after)),
    };
    await insertAudit(client, actor, 'mcp_server.accepted', { type: 'mcp_server', id }, detail);
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return getMcpServer(services, actor, { params: { id }, query: {}, body: undefined });
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { refreshMcpServer as contract } from '@/lib/mcp/contract';
import { driftCount, driftOf } from '@/lib/mcp/drift';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { asRefused } from './as-refused';
import { fetchTools } from './fetch-tools';
import { getMcpServer } from './get-server';
import { holdServer, noteListed, noteTried } from './store';
import { noServer, requireServer } from './view';

/**
 * Asks a server for its tools again. What differs from what was accepted waits for somebody to accept it; until then changed
 * tools are held back. Throws `not_found`, and `invalid_input` or `provider_failed` where it cannot be used: that is noted.
 */
export async function refreshMcpServer(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  const { workspaceId } = actor;
  const row = await requireServer(services, actor, id);
  const tell = () => bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  const listed = await fetchTools(services, row, actor.userId).catch(async (error: unknown) => {
    if (StepError.isInstance(error)) {
      await noteTried(pool, row, error.message);
      tell();
    }
    throw asRefused(error);
  });
  await transaction(pool, async (client) => {
    const held = await holdServer(client, workspaceId, id);
    if (held === undefined) throw noServer();
    // The address was changed meanwhile: this is the list of another one.
    if (held.url !== row.url || held.connection !== row.connection) return;
    const drift = driftOf(held.tools, listed.tools);
    await noteListed(client, held, listed, driftCount(drift) === 0 ? null : listed.tools);
    if (driftCount(drift) === 0) return;
    const detail = {
      ...{ name: held.name, added: drift.added.length },
      ...{ removed: drift.removed.length, changed: drift.changed.length },
    };
    await insertAudit(client, actor, 'mcp_server.drifted', { type: 'mcp_server', id }, detail);
  });
  tell();
  return getMcpServer(services, actor, { params: { id }, query: {}, body: undefined });
}

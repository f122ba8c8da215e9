import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { refreshMcpServer as contract } from '@/lib/mcp/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { asRefused } from './as-refused';
import { fetchTools } from './fetch-tools';
import { getMcpServer } from './get-server';
import { noteList } from './note-list';
import { noteTried } from './store';
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
  const listed = await fetchTools(services, row, actor.userId).catch(async (error: unknown) => {
    if (StepError.isInstance(error)) {
      await noteTried(pool, row, error.message);
      bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
    }
    throw asRefused(error);
  });
  if ((await noteList(services, row, listed, actor)) === 'missing') throw noServer();
  return getMcpServer(services, actor, { params: { id }, query: {}, body: undefined });
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { type updateService as contract, serviceRead } from '@/lib/services/contract';
import { serverAddress } from '@/lib/services/document/servers';
import { requireNamed } from '@/server/connections/require-named';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { checkServiceName } from './create-service';
import { holdService, isTaken, updateServiceRow } from './store';
import { refuseWhileUsed } from './uses';
import { nameTaken, noService, requireService, viewService } from './view';

/**
 * Changes what is given and leaves the rest. Throws `not_found`; `conflict` for a taken name, or for a name that steps use;
 * `invalid_input` for a connection that is not there.
 */
export async function updateService(
  services: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const before = await requireService(services, actor, id);
  if (typeof body.connection === 'string')
    await requireNamed(services, workspaceId, body.connection);
  if (body.name !== undefined && body.name !== before.name) {
    checkServiceName(body.name);
    if (query.force === undefined) await refuseWhileUsed(services, actor, before, 'Rename');
  }
  const serverUrl = body.serverUrl === undefined ? undefined : serverAddress(body.serverUrl);
  if (body.serverUrl !== undefined && serverUrl === undefined) {
    throw new AppError(
      'invalid_input',
      'serverUrl: enter an http or https address without a query.',
    );
  }
  try {
    await transaction(services.pool, async (client) => {
      const row = await holdService(client, workspaceId, id);
      if (row === undefined) throw noService();
      requireUnchanged(serviceRead, body.was, row, `The service ${row.name}`);
      const { was: _, ...change } = body;
      const { name = row.name, connection = row.connection } = change;
      const serverGiven = serverUrl === undefined ? row.serverGiven : true;
      const next = { ...row, name, connection, serverGiven, serverUrl: serverUrl ?? row.serverUrl };
      await updateServiceRow(client, next);
      await insertAudit(
        client,
        actor,
        'service.changed',
        { type: 'service', id },
        { ...change, name },
      );
    });
  } catch (error) {
    throw isTaken(error) && body.name !== undefined ? nameTaken(body.name) : error;
  }
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return viewService(await requireService(services, actor, id));
}

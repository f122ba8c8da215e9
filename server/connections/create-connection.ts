import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createConnection as contract } from '@/lib/connections/contract';
import { maxConnections } from '@/lib/connections/schema';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { checkAllowed } from './check-allowed';
import { sealSecret } from './secret';
import { holdCount, insertConnection, isTaken } from './store';
import { nameTaken, requireConnection, viewConnection } from './view';

/** Stores a connection, its secret sealed. Throws `conflict` for a taken name or where there are too many. */
export async function createConnection(
  services: Pick<Services, 'pool' | 'prisma' | 'vault' | 'bus'>,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, vault, bus } = services;
  const { workspaceId, userId } = actor;
  const { secret, ...given } = body;
  await checkAllowed(services, actor, given);
  const id = randomUUID();
  const sealed = sealSecret(vault, { workspaceId, id }, secret);
  try {
    await transaction(pool, async (client) => {
      if ((await holdCount(client, workspaceId)) >= maxConnections) {
        throw new AppError('conflict', `A workspace may have ${maxConnections} connections.`);
      }
      await insertConnection(client, {
        ...{ ...given, id, workspaceId, createdBy: userId, secret: sealed },
      });
      const { name, kind, config, allowedWorkflowIds, allowedUserIds } = given;
      const detail = { name, kind, config, allowedWorkflowIds, allowedUserIds };
      await insertAudit(client, actor, 'connection.created', { type: 'connection', id }, detail);
    });
  } catch (error) {
    throw isTaken(error) ? nameTaken(body.name) : error;
  }
  bus.publish(`workspace:${workspaceId}`, { kind: 'connection', id });
  return viewConnection(await requireConnection(services, actor, id));
}

import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { cleanName } from '@/lib/names/name-problem';
import type { Actor } from '@/lib/people/schema';
import type { createService as contract } from '@/lib/services/contract';
import { maxServices, readyPrefix } from '@/lib/services/schema';
import { requireNamed } from '@/server/connections/require-named';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { readDocument } from './read-document';
import { holdCount, insertService, isTaken } from './store';
import { nameTaken, requireService, viewService } from './view';

/**
 * Adds a service by its document. Throws `invalid_input` for a document that cannot be used, `conflict` for a taken name or
 * where there are too many, `provider_failed` where it cannot be fetched.
 */
export async function createService(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'computation' | 'bus'>,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  const { workspaceId, userId } = actor;
  const { url = null, connection = null } = body;
  if (connection !== null) await requireNamed(services, workspaceId, connection);
  const { described } = await readDocument(services, actor, body);
  const name = body.name ?? (cleanName(described.title).slice(0, 100).trim() || 'Service');
  checkServiceName(name);
  const id = randomUUID();
  const serverGiven = body.serverUrl !== undefined;
  try {
    await transaction(pool, async (client) => {
      if ((await holdCount(client, workspaceId)) >= maxServices) {
        throw new AppError('conflict', `A workspace may have ${maxServices} services.`);
      }
      const row = { ...described, id, workspaceId, name, url, serverGiven, connection };
      await insertService(client, { ...row, createdBy: userId });
      const detail = {
        name,
        url,
        serverUrl: described.serverUrl,
        operations: described.operationCount,
      };
      await insertAudit(client, actor, 'service.created', { type: 'service', id }, detail);
    });
  } catch (error) {
    throw isTaken(error) ? nameTaken(name) : error;
  }
  bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return viewService(await requireService(services, actor, id));
}

/** Names that begin like those of ready-made services would hide them. */
export function checkServiceName(name: string): void {
  if (!name.toLowerCase().startsWith(readyPrefix)) return;
  throw new AppError('invalid_input', `name: it may not begin with "${readyPrefix}".`);
}

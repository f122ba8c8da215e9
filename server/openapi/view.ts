import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Service } from '@/lib/services/contract';
import type { Services } from '@/server/services';
import { readyNamed, viewReady } from './ready';
import { findService, type ServiceRow } from './store';

/** A service as people see it, without its operations. */
export function viewService(row: ServiceRow): Service {
  const { id, name, title, description, version, serverUrl, url, connection, auth } = row;
  return {
    ...{
      id,
      ref: name,
      name,
      ready: false,
      title,
      description,
      version,
      serverUrl,
      url,
      connection,
      auth,
    },
    operationCount: row.operationCount,
    revision: row.revision,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    refreshedAt: row.refreshedAt.toISOString(),
  };
}

export const noService = () => new AppError('not_found', 'This service does not exist.');

export const nameTaken = (name: string) =>
  new AppError('conflict', `There is already a service "${name}". Choose another name.`);

/** A service of the actor's workspace. Throws `not_found` for any other. */
export async function requireService(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<ServiceRow> {
  const row = await findService(pool, workspaceId, { id });
  if (row === undefined) throw noService();
  return row;
}

/** The same, ready-made ones too. */
export async function requireAnyService(
  services: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<Service> {
  const ready = readyNamed(id);
  if (ready !== undefined) return viewReady(ready);
  if (id.startsWith('ready:')) throw noService();
  return viewService(await requireService(services, actor, id));
}

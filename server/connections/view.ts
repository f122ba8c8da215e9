import { AppError } from '@/lib/api/errors';
import type { Connection } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { type ConnectionRow, findConnection } from './store';

/** A connection as people see it. */
export function viewConnection(row: ConnectionRow): Connection {
  const { id, name, allowedWorkflowIds, createdBy } = row;
  const settings =
    row.kind === 'api_key'
      ? { kind: row.kind, config: row.config }
      : row.kind === 'basic'
        ? { kind: row.kind, config: row.config }
        : { kind: row.kind, config: row.config };
  return {
    ...settings,
    id,
    name,
    allowedWorkflowIds,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    secretAt: row.secretAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

export const noConnection = () => new AppError('not_found', 'This connection does not exist.');

export const nameTaken = (name: string) =>
  new AppError('conflict', `There is already a connection "${name}". Choose another name.`);

/** A connection of the actor's workspace. Throws `not_found` for any other. */
export async function requireConnection(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<ConnectionRow> {
  const row = await findConnection(pool, workspaceId, id);
  if (row === undefined) throw noConnection();
  return row;
}

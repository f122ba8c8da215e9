import { AppError } from '@/lib/api/errors';
import type { Connection } from '@/lib/connections/contract';
import type { SignIn } from '@/lib/connections/oauth';
import { settingsSchema } from '@/lib/connections/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { type ConnectionRow, findConnection } from './store';

/** A connection as people see it. */
export function viewConnection(row: ConnectionRow): Connection {
  const { id, name, kind, config, allowedWorkflowIds, allowedUserIds, createdBy } = row;
  return {
    ...settingsSchema.parse({ kind, config }),
    id,
    name,
    allowedWorkflowIds,
    allowedUserIds,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    secretAt: row.secretAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    signIn: signInOf(row),
  };
}

function signInOf(row: ConnectionRow): SignIn | null {
  if (row.kind !== 'oauth2' || row.config.grant !== 'authorization_code') return null;
  const { hasToken, tokenProblem: problem, signedInAt } = row;
  const state = !hasToken ? 'missing' : problem === null ? 'ok' : 'again';
  return { state, problem, signedInAt: signedInAt?.toISOString() ?? null };
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

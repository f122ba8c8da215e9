import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { connectionRead, type updateConnection as contract } from '@/lib/connections/contract';
import { type ConnectionConfig, reachOf, settingsSchema } from '@/lib/connections/schema';
import type { Actor } from '@/lib/people/schema';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { VaultError } from '@/server/models/keys/vault';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { checkAllowed } from './check-allowed';
import { dropToken } from './oauth/token-store';
import { openSecret, sealSecret } from './secret';
import {
  type ConnectionRow,
  findSealed,
  holdConnection,
  isTaken,
  updateConnectionRow,
} from './store';
import { refuseWhileUsed } from './uses';
import { nameTaken, noConnection, requireConnection, viewConnection } from './view';

type Input = InputOf<typeof contract>;

/**
 * Changes what is given and leaves the rest, so that two who change different things at once both succeed. Steps that
 * start from now on see it. Throws `not_found`; `conflict` for a taken name, or for a name that steps use; `invalid_input`
 * for settings of another kind, and for new hosts without the secret: nobody can lead a stored secret elsewhere.
 */
export async function updateConnection(
  services: Pick<Services, 'pool' | 'prisma' | 'vault' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query, body }: Input,
): Promise<ResultOf<typeof contract>> {
  const { pool, vault, bus } = services;
  const before = await requireConnection(services, actor, id);
  await checkAllowed(services, actor, body);
  const renamed = body.name !== undefined && body.name !== before.name;
  if (renamed && query.force === undefined) {
    await refuseWhileUsed(services, actor, before, 'Rename');
  }
  const sealed =
    body.secret === undefined
      ? undefined
      : sealSecret(vault, { workspaceId: actor.workspaceId, id }, body.secret);
  try {
    await transaction(pool, async (client) => {
      const row = await holdConnection(client, actor.workspaceId, id);
      if (row === undefined) throw noConnection();
      requireUnchanged(connectionRead, body.was, row, `The connection ${row.name}`);
      // Of the row that is held: a secret may have been entered since.
      const hasSecret = await holdsSecret(client, vault, actor, id);
      const { next, reaches } = changed(row, body, hasSecret);
      await updateConnectionRow(client, next, sealed);
      // What was given for the old settings must not go to the new places.
      if (reaches || provesAnew(row, body)) await dropToken(client, row);
      await audit(client, actor, next, body);
    });
  } catch (error) {
    throw isTaken(error) && body.name !== undefined ? nameTaken(body.name) : error;
  }
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'connection', id });
  return viewConnection(await requireConnection(services, actor, id));
}

/** An application that signs in by itself does so with its new secret; people who signed in stay so. */
const provesAnew = (row: ConnectionRow, { secret }: Input['body']): boolean =>
  secret !== undefined && row.kind === 'oauth2' && row.config.grant === 'client_credentials';

function changed(
  row: ConnectionRow,
  body: Input['body'],
  hasSecret: boolean,
): { next: ConnectionRow; reaches: boolean } {
  const { name = row.name, allowedWorkflowIds = row.allowedWorkflowIds } = body;
  const { allowedUserIds = row.allowedUserIds } = body;
  const settings = settingsOf(row, body.config);
  const before = reachOf(row);
  const more = reachOf({ ...row, ...settings }).some((place) => !before.includes(place));
  if (more && hasSecret && body.secret === undefined) {
    throw new AppError('invalid_input', 'secret: enter it again, since it may go to new hosts.');
  }
  return {
    next: { ...row, ...settings, name, allowedWorkflowIds, allowedUserIds },
    reaches: more,
  };
}

/** Whether there is a secret that could be led elsewhere: public clients and open servers have none. */
async function holdsSecret(
  client: PoolClient,
  vault: Services['vault'],
  { workspaceId }: Actor,
  id: string,
): Promise<boolean> {
  const row = await findSealed(client, workspaceId, { id });
  if (row === undefined) return false;
  try {
    return openSecret(vault, row, row) !== '';
  } catch (error) {
    // What cannot be opened is entered again.
    if (VaultError.isInstance(error)) return true;
    throw error;
  }
}

function settingsOf({ kind, config: old }: ConnectionRow, config: ConnectionConfig = old) {
  const parsed = settingsSchema.safeParse({ kind, config });
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', `config: these are not the settings of the kind ${kind}.`);
}

/** Which parts were changed, and what they are now; the secret only by its name. */
async function audit(
  client: PoolClient,
  actor: Actor,
  { id, name, config, allowedWorkflowIds, allowedUserIds }: ConnectionRow,
  { secret, ...body }: Input['body'],
): Promise<void> {
  const action = secret === undefined ? 'connection.changed' : 'connection.secret-changed';
  const detail = {
    name,
    ...(body.config === undefined ? {} : { config }),
    ...(body.allowedWorkflowIds === undefined ? {} : { allowedWorkflowIds }),
    ...(body.allowedUserIds === undefined ? {} : { allowedUserIds }),
  };
  await insertAudit(client, actor, action, { type: 'connection', id }, detail);
}

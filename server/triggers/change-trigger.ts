import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type {
  deleteTrigger as deleteContract,
  rotateSecret as rotateContract,
  updateTrigger as updateContract,
} from '@/lib/triggers/contract';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { shownConfig } from './create-trigger';
import { makeSecret } from './secrets';
import { insertAudit, removeTrigger, type TriggerRow, updateSecret, updateValues } from './store';
import { nextOf, requireTrigger, viewTrigger } from './view';

/**
 * Changes a trigger's name, state or settings; in effect at once. Times that passed while it was off, or before its
 * settings changed, are not made up for. Throws `not_found`, `invalid_input` for settings of another kind.
 */
export async function updateTrigger(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof updateContract>,
): Promise<ResultOf<typeof updateContract>> {
  const row = await requireTrigger(services, actor, params.id);
  const { name = row.name, enabled = row.enabled, config = row.config } = body;
  if ('cron' in config !== (row.kind === 'schedule')) {
    throw new AppError('invalid_input', `config: these are not the settings of a ${row.kind}.`);
  }
  const again = enabled !== row.enabled || body.config !== undefined;
  const changed = { kind: row.kind, name, enabled, config };
  const nextAt = again ? nextOf(changed, Date.now()) : row.nextAt;
  await change(services, actor, row, 'trigger.changed', async (client) => {
    await updateValues(client, row.id, { name, enabled, config, nextAt });
    return { name, enabled, config: shownConfig(config) };
  });
  return viewTrigger(services, await requireTrigger(services, actor, row.id));
}

/** Deletes a trigger; the runs that it started stay. Throws `not_found`. */
export async function deleteTrigger(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof deleteContract>,
): Promise<ResultOf<typeof deleteContract>> {
  const row = await requireTrigger(services, actor, params.id);
  await change(services, actor, row, 'trigger.deleted', async (client) => {
    await removeTrigger(client, row.id);
    return { kind: row.kind, name: row.name };
  });
  return { id: row.id };
}

/** Gives a webhook a new secret, shown this once. Throws `not_found`, `conflict` for what has none. */
export async function rotateSecret(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof rotateContract>,
): Promise<ResultOf<typeof rotateContract>> {
  const row = await requireTrigger(services, actor, params.id);
  if (row.kind !== 'webhook') throw new AppError('conflict', 'A schedule has no secret.');
  const secret = makeSecret(services.vault, row);
  await change(services, actor, row, 'trigger.secret-changed', async (client) => {
    await updateSecret(client, row.id, secret);
    return { hint: secret.hint };
  });
  return { secret: secret.text, secretHint: secret.hint };
}

async function change(
  { pool, bus }: Services,
  actor: Actor,
  { id, workspaceId, workflowId }: TriggerRow,
  action: string,
  work: (client: PoolClient) => Promise<Record<string, unknown>>,
): Promise<void> {
  await transaction(pool, async (client) => {
    const detail = await work(client);
    await insertAudit(client, actor, action, id, { workflowId, ...detail });
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id });
}

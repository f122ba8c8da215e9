import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import {
  type deleteTrigger as deleteContract,
  type endOldSecret as endContract,
  triggerRead,
  type updateTrigger as updateContract,
} from '@/lib/triggers/contract';
import { requireUsable } from '@/server/connections/require-usable';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { shownConfig } from './create-trigger';
import { makeLink } from './links/link-token';
import { resetMailbox } from './mail/mailbox-store';
import { showTrigger } from './show-trigger';
import {
  forgetOldSecret,
  holdTrigger,
  removeTrigger,
  replaceSecret,
  type TriggerRow,
  updateValues,
} from './store';
import { nextOf, noTrigger, requireTrigger } from './view';

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
  const given = body.config;
  if (given !== undefined && 'connection' in given) {
    await requireUsable(services, actor, [given.connection]);
  }
  await change(services, actor, row, 'trigger.changed', async (client) => {
    const held = await holdTrigger(client, actor.workspaceId, row.id);
    if (held === undefined) throw noTrigger();
    // Of the row that is held: how requests are verified may have changed since it was looked up.
    if (given !== undefined) checkKind(held, given);
    requireUnchanged(triggerRead, body.was, held, 'This trigger');
    const { name = held.name, enabled = held.enabled, config = held.config } = body;
    const again = enabled !== held.enabled || given !== undefined;
    const changed = { kind: held.kind, name, enabled, config };
    const nextAt = again ? nextOf(changed, Date.now()) : held.nextAt;
    await updateValues(client, held.id, { name, enabled, config, nextAt });
    if (held.kind === 'mail' && again) {
      // What came while it was off, or into another folder, was not meant to start anything.
      const elsewhere = enabled !== held.enabled || placeOf(config) !== placeOf(held.config);
      await resetMailbox(client, held.id, elsewhere);
    }
    // Chats of before they could be shared have no link yet.
    if (held.kind === 'chat' && !held.hasSecret) {
      await replaceSecret(client, held.id, config, makeLink(services.vault, held));
    }
    return { name, enabled, config: shownConfig(config) };
  });
  return showTrigger(services, actor, row.id);
}

/** Throws for settings of another kind of trigger, or of another way of verifying requests. */
function checkKind(row: TriggerRow, config: TriggerRow['config']): void {
  if (kindOf(config) !== row.kind) {
    throw new AppError('invalid_input', `config: these are not the settings of a ${row.kind}.`);
  }
  if (authKind(config) !== authKind(row.config)) {
    throw new AppError(
      'conflict',
      'How requests are verified changes together with the secret: POST /triggers/{id}/secret.',
    );
  }
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

const authKind = (config: TriggerRow['config']) =>
  'auth' in config ? config.auth.kind : undefined;

/** Which mailbox it is. */
const placeOf = (config: TriggerRow['config']) =>
  'connection' in config ? JSON.stringify([config.connection, config.folder]) : undefined;

const kindOf = (config: TriggerRow['config']): TriggerRow['kind'] => {
  if ('cron' in config) return 'schedule';
  if ('answer' in config) return 'webhook';
  if ('connection' in config) return 'mail';
  return 'button' in config ? 'form' : 'chat';
};

/** Ends the old secret now. Nothing happens when there is none. Throws `not_found`, `conflict` for what has none. */
export async function endOldSecret(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof endContract>,
): Promise<ResultOf<typeof endContract>> {
  const row = await requireTrigger(services, actor, params.id);
  if (row.kind !== 'webhook') throw noSecret();
  if (row.oldUntil !== null) {
    await change(services, actor, row, 'trigger.old-secret-ended', async (client) => {
      await forgetOldSecret(client, row.id);
      return { hint: row.oldHint };
    });
  }
  return { id: row.id };
}

/** For triggers that verify nothing. */
export const noSecret = () => new AppError('conflict', 'Only webhooks have a secret.');

/** Changes a trigger with its trail, and tells those who look at it. */
export async function change(
  { pool, bus }: Services,
  actor: Actor,
  { id, workspaceId, workflowId }: TriggerRow,
  action: string,
  work: (client: PoolClient) => Promise<Record<string, unknown>>,
): Promise<void> {
  await transaction(pool, async (client) => {
    const detail = await work(client);
    await insertAudit(
      client,
      actor,
      action,
      { type: 'trigger', id: id },
      { workflowId, ...detail },
    );
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id });
}

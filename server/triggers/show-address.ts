import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { showAddress as contract } from '@/lib/triggers/contract';
import { hookAddress } from '@/lib/triggers/hook-auth';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { openSecret } from './secrets';
import { sealedOf } from './store';
import { hookUrl, linkUrl, requireTrigger } from './view';

/**
 * The whole address of a webhook whose address is its secret: people need it again whenever they set up a sender, and who
 * may ask could make a new one anyway. Noted in the trail. Throws `not_found`, `conflict` for what verifies otherwise.
 */
export async function showAddress(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireTrigger(services, actor, params.id);
  const sealed = await sealedOf(services.pool, row.id);
  if ((row.kind === 'form' || row.kind === 'chat') && sealed !== undefined) {
    // Made to be handed on: no line in the trail each time that somebody copies it.
    return { url: linkUrl(services, row.kind, row.id, openSecret(services.vault, row, sealed)) };
  }
  if (row.kind !== 'webhook' || row.config.auth.kind !== 'none' || sealed === undefined) {
    throw new AppError('conflict', 'The address of this trigger is no secret.');
  }
  await transaction(services.pool, (client) =>
    insertAudit(
      client,
      actor,
      'trigger.address-shown',
      { type: 'trigger', id: row.id },
      { workflowId: row.workflowId },
    ),
  );
  const secret = openSecret(services.vault, row, sealed);
  return { url: hookAddress(hookUrl(services, row.id), row.config.auth, secret) };
}

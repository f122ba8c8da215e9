import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { rotateSecret as contract } from '@/lib/triggers/contract';
import { senderMakesSecret } from '@/lib/triggers/hook-auth';
import type { Services } from '@/server/services';
import { change, noSecret } from './change-trigger';
import { makeLink } from './links/link-token';
import { makeSecret } from './secrets';
import { holdTrigger, replaceSecret, type TriggerRow, updateSecret } from './store';
import { noTrigger, requireTrigger } from './view';

/**
 * Gives a webhook a new secret: the given one, else one of ours, shown this once. The one before is good for a day more, so
 * that who sends can change over in peace. With another way of verifying, it ends at once: it was made for something else.
 * Throws `not_found`, `conflict` for what has no secret, `invalid_input` where only the sender can make one.
 */
export async function rotateSecret(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireTrigger(services, actor, params.id);
  if (row.kind === 'form' || row.kind === 'chat') return rotateLink(services, actor, row, body);
  if (row.kind !== 'webhook') throw noSecret();
  let secret: ReturnType<typeof makeSecret>;
  await change(services, actor, row, 'trigger.secret-changed', async (client) => {
    // Whatever else somebody saves meanwhile stays: only the row that is held is changed.
    const held = await holdTrigger(client, actor.workspaceId, row.id);
    if (held?.kind !== 'webhook') throw noTrigger();
    const { auth = held.config.auth } = body;
    const isOther = auth.kind !== held.config.auth.kind;
    secret = makeSecret(services.vault, held, auth, body.secret);
    if (secret === undefined && !isOther && senderMakesSecret(auth.kind)) {
      throw new AppError('invalid_input', 'secret: enter the one that the sender shows.');
    }
    const config = { ...held.config, auth };
    if (isOther || secret === undefined) {
      await replaceSecret(client, row.id, config, secret);
      return { auth, hint: secret?.hint ?? '' };
    }
    await updateSecret(client, row.id, secret, config);
    return { hint: secret.hint };
  });
  const secretHint = secret?.hint ?? '';
  return secret?.made === undefined ? { secretHint } : { secret: secret.made, secretHint };
}

/** Gives a form or a chat a new link. The old one stops at once: who has it shall open nothing any more. */
async function rotateLink(
  services: Services,
  actor: Actor,
  row: TriggerRow,
  { secret, auth }: InputOf<typeof contract>['body'],
): Promise<ResultOf<typeof contract>> {
  if (secret !== undefined || auth !== undefined) {
    throw new AppError('invalid_input', 'body: a link is made here, and cannot be chosen.');
  }
  const link = makeLink(services.vault, row);
  await change(services, actor, row, 'trigger.link-changed', async (client) => {
    const held = await holdTrigger(client, actor.workspaceId, row.id);
    if (held === undefined) throw noTrigger();
    await replaceSecret(client, held.id, held.config, link);
    return {};
  });
  return { secretHint: link.hint };
}

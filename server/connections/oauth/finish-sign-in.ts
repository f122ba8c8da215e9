import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { finishSignIn as contract } from '@/lib/connections/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { findSealed } from '../store';
import { noConnection, requireConnection, viewConnection } from '../view';
import { ask, put } from './access-token';
import { callbackUrl, sessionHashOf, stateHashOf } from './sign-in-parts';
import { openVerifier } from './token-secret';
import { takeSignIn } from './token-store';

/**
 * Ends a sign-in: gives the provider its code back, with the proof that only who began it has. Throws `invalid_input` for a
 * state that this person did not begin in this session, or used before; for an issuer that is another one; and for what the
 * provider refuses.
 */
export async function finishSignIn(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'bus' | 'config'>,
  actor: Actor,
  { body }: InputOf<typeof contract>,
  request: Request,
): Promise<ResultOf<typeof contract>> {
  const { pool, vault } = services;
  const { workspaceId, userId } = actor;
  const begun = await takeSignIn(pool, {
    ...{ stateHash: stateHashOf(body.state), workspaceId, userId },
    sessionHash: sessionHashOf(request),
  });
  if (begun === undefined) {
    const message =
      'This sign-in was not begun here, is too old, or was used before. Begin it again under Connections.';
    throw new AppError('invalid_input', message);
  }
  const row = await findSealed(pool, workspaceId, { id: begun.connectionId });
  if (row === undefined || row.kind !== 'oauth2') throw noConnection();
  checkIssuer(row.config.issuer, body.iss);
  if (body.code === undefined) {
    const said = (body.error ?? 'no code').replace(/[^\x20-\x7e]/g, ' ').slice(0, 200);
    throw new AppError('invalid_input', `The provider did not let you in: ${said}.`);
  }
  try {
    const granted = await ask(services, row, {
      ...{ grant_type: 'authorization_code', code: body.code },
      ...{ redirect_uri: callbackUrl(services.config), code_verifier: openVerifier(vault, begun) },
    });
    if ('refused' in granted) {
      const message = `The provider refused the sign-in: ${granted.message}.`;
      throw new AppError('invalid_input', message);
    }
    await put(services, row, granted, true, (client) => {
      const subject = { type: 'connection', id: row.id } as const;
      return insertAudit(client, actor, 'connection.signed-in', subject, { name: row.name });
    });
  } catch (error) {
    if (StepError.isInstance(error)) throw new AppError('provider_failed', error.message);
    throw error;
  }
  return viewConnection(await requireConnection(services, actor, row.id));
}

/** Where the connection names its issuer, the answer must come from it (RFC 9207): a code of another one goes nowhere. */
function checkIssuer(expected: string | undefined, given: string | undefined): void {
  if (expected === undefined || expected === given) return;
  const message = `The answer does not come from ${expected}. The sign-in was stopped, and its code was sent to nobody.`;
  throw new AppError('invalid_input', message);
}

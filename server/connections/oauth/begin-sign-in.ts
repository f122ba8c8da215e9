import { createHash, randomBytes } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { beginSignIn as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireConnection } from '../view';
import { callbackUrl, sessionHashOf, stateHashOf } from './sign-in-parts';
import { sealVerifier } from './token-secret';
import { insertSignIn } from './token-store';

const minutes = 10;

/**
 * Begins a sign-in at the provider: its address, with a state that this person can use once, in this session. Throws
 * `not_found`; `invalid_input` for a connection that nobody signs in to; `forbidden` for an API key.
 */
export async function beginSignIn(
  services: Pick<Services, 'pool' | 'vault' | 'config'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
  request: Request,
): Promise<ResultOf<typeof contract>> {
  const row = await requireConnection(services, actor, id);
  if (row.kind !== 'oauth2' || row.config.authorizeUrl === undefined) {
    throw new AppError('invalid_input', 'Nobody signs in to this connection.');
  }
  const sessionHash = sessionHashOf(request);
  const [state, verifier] = [randomBytes(32), randomBytes(48)].map((bytes) =>
    bytes.toString('base64url'),
  );
  if (state === undefined || verifier === undefined) throw new Error('no randomness');
  const owner = { workspaceId: actor.workspaceId, connectionId: id };
  await insertSignIn(services.pool, {
    ...{ ...owner, userId: actor.userId, stateHash: stateHashOf(state), sessionHash, minutes },
    sealed: sealVerifier(services.vault, owner, verifier),
  });
  const { authorizeUrl, clientId, scopes } = row.config;
  const url = new URL(authorizeUrl);
  const asked = {
    ...{
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callbackUrl(services.config),
      state,
    },
    ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url') },
    code_challenge_method: 'S256',
    ...(scopes === '' ? {} : { scope: scopes }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href };
}

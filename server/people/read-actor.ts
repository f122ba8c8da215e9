import { AppError } from '@/lib/api/errors';
import type { Actor, Person } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { readApiKey } from './api-keys';
import { type BrowserSession, readSession } from './read-session';
import { type Membership, membershipIn, membershipsOf } from './store';

type Needs = Pick<Services, 'auth' | 'prisma' | 'strangers'>;

/** Who sent a request: by API key where there is one, else by session cookie. */
export type Caller =
  | { by: 'key'; person: Person; workspaceId: string; apiKeyId: string }
  | { by: 'session'; person: Person; session: BrowserSession };

/** Who sent this request. Throws `unauthenticated`; a wrong API key is never made up for by a cookie. */
export async function readCaller(services: Needs, headers: Headers): Promise<Caller> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const key = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization)?.[1];
    const found = key && (await readApiKey(services.prisma, key));
    if (!found) {
      throw new AppError(
        'unauthenticated',
        'This API key is unknown, expired or revoked. Send "Authorization: Bearer <key>" with a key of the settings page.',
      );
    }
    services.strangers.know({ cookie: undefined, authorization });
    return { by: 'key', ...found };
  }
  const session = await readSession(services, headers);
  if (!session) {
    throw new AppError('unauthenticated', 'Sign in, or send "Authorization: Bearer <API key>".');
  }
  return { by: 'session', person: session.user, session };
}

/**
 * The caller as a member of one workspace: the one of the API key; else the one that the header `x-workspace`
 * names (id or slug); else the session's own; else the one joined first. The role is read anew each time.
 * Throws `not_found` for a workspace that is not the caller's, `forbidden` for one without any.
 */
export async function actorOf(
  services: Needs,
  caller: Caller,
  wanted: string | null,
): Promise<Actor> {
  const { userId } = caller.person;
  if (caller.by === 'key') {
    const found = await membershipIn(services.prisma, userId, caller.workspaceId);
    if (!found) {
      throw new AppError('unauthenticated', 'The owner of this API key left the workspace.');
    }
    if (wanted && wanted !== found.workspaceId && wanted !== found.workspaceSlug) {
      throw noWorkspace();
    }
    return { ...toActor(found), apiKeyId: caller.apiKeyId };
  }
  if (wanted) {
    const found = await membershipIn(services.prisma, userId, wanted);
    if (!found) throw noWorkspace();
    return toActor(found);
  }
  const all = await membershipsOf(services.prisma, userId);
  const chosen =
    all.find((each) => each.workspaceId === caller.session.activeWorkspaceId) ?? all[0];
  if (!chosen) {
    throw new AppError(
      'forbidden',
      'You are not in a workspace. Create one or ask for an invitation.',
    );
  }
  return toActor(chosen);
}

/** {@link readCaller} and {@link actorOf} in one. */
export async function readActor(services: Needs, request: { headers: Headers }): Promise<Actor> {
  const caller = await readCaller(services, request.headers);
  return actorOf(services, caller, request.headers.get('x-workspace'));
}

function toActor(membership: Membership): Actor {
  const { userId, name, email, workspaceId, role } = membership;
  return { userId, name, email, workspaceId, role };
}

function noWorkspace(): AppError {
  return new AppError('not_found', 'This workspace does not exist, or you are not a member.');
}

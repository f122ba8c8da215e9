import { AppError } from '@/lib/api/errors';
import type { Person } from '@/lib/people/schema';
import type { Services } from '@/server/services';

/** A signed-in browser. */
export type BrowserSession = {
  sessionId: string;
  user: Person;
  /** The workspace that this session works in; its membership is not checked here. */
  activeWorkspaceId: string | undefined;
  /** `Set-Cookie` values that prolong the session: put them on the answer. */
  cookies: string[];
};

/** The session that a request's cookies belong to, or undefined. Reads the database each time: sign-out is at once.
 * Throws `unavailable`. */
export async function readSession(
  services: Pick<Services, 'auth' | 'strangers'>,
  headers: Headers,
): Promise<BrowserSession | undefined> {
  if (!headers.has('cookie')) return undefined;
  const found = await services.auth.api
    .getSession({
      headers: new Headers({ cookie: headers.get('cookie') ?? '' }),
      returnHeaders: true,
    })
    .catch(() => {
      // better-auth has logged the cause; what fails here is the way to the database.
      throw new AppError(
        'unavailable',
        'Your session could not be checked. Try again in a moment.',
      );
    });
  if (!found.response) return undefined;
  services.strangers.know({ cookie: headers.get('cookie') ?? undefined, authorization: undefined });
  const { session, user } = found.response;
  await noteSeen(services, session);
  return {
    sessionId: session.id,
    user: { userId: user.id, name: user.name, email: user.email },
    activeWorkspaceId: session.activeOrganizationId ?? undefined,
    cookies: found.headers.getSetCookie(),
  };
}

/** The same for a socket, which has only the text of its cookie header. */
export async function readSocketUser(
  services: Pick<Services, 'auth' | 'strangers'>,
  cookie: string | undefined,
): Promise<(Person & { activeWorkspaceId: string | undefined }) | undefined> {
  if (!cookie) return undefined;
  const session = await readSession(services, new Headers({ cookie }));
  return session && { ...session.user, activeWorkspaceId: session.activeWorkspaceId };
}

/** How exactly the list of sessions tells when one was used. */
const seenMs = 5 * 60_000;

/** Notes now and then that a session is used. Nobody is kept out where that does not work. */
async function noteSeen(
  { auth }: Pick<Services, 'auth'>,
  { token, updatedAt }: { token: string; updatedAt: Date },
): Promise<void> {
  if (Date.now() - updatedAt.getTime() < seenMs) return;
  const { internalAdapter } = await auth.$context;
  await internalAdapter.updateSession(token, { updatedAt: new Date() }).catch(() => undefined);
}

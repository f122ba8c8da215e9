import { addressHeader } from '@/server/front/client';
import type { Services } from '@/server/services';

/**
 * `Set-Cookie` values of a new session for somebody whose account was made a moment ago. Empty when signing in
 * fails: the account stands, and the sign-in page does the rest.
 */
export async function signInCookies(
  services: Pick<Services, 'auth' | 'log'>,
  { email, password }: { email: string; password: string },
  request: Pick<Request, 'headers'>,
): Promise<string[]> {
  try {
    const { headers } = await services.auth.api.signInEmail({
      body: { email, password },
      headers: browserOf(request),
      returnHeaders: true,
    });
    return headers.getSetCookie();
  } catch (error) {
    services.log.error({ err: error }, 'a new account could not be signed in');
    return [];
  }
}

/** What a session keeps of the browser that it is for. */
function browserOf({ headers }: Pick<Request, 'headers'>): Headers {
  const kept = new Headers();
  for (const name of ['user-agent', addressHeader]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}

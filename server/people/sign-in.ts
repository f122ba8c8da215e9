import type { Services } from '@/server/services';

/**
 * `Set-Cookie` values of a new session for somebody whose account was made a moment ago. Empty when signing in
 * fails: the account stands, and the sign-in page does the rest.
 */
export async function signInCookies(
  services: Pick<Services, 'auth' | 'log'>,
  email: string,
  password: string,
): Promise<string[]> {
  try {
    const { headers } = await services.auth.api.signInEmail({
      body: { email, password },
      returnHeaders: true,
    });
    return headers.getSetCookie();
  } catch (error) {
    services.log.error({ err: error }, 'a new account could not be signed in');
    return [];
  }
}

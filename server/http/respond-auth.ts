import { services } from '@/server/services';
import { checkOrigin } from './check-origin';
import { readBody } from './read-body';
import { respondError, respondJson } from './respond';
import { respondNowhere } from './respond-nowhere';

/** The endpoints of better-auth that are asked from outside. Everything else of it is reached through use cases. */
const open: ReadonlySet<string> = new Set([
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
  'POST /api/auth/change-password',
]);
const rules = { accepts: ['application/json'], maxBytes: 16_384 };

/** better-auth's own answers for the few endpoints that are open; 404 for all others, sign-up included. */
export async function respondAuth(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (!open.has(`${request.method} ${pathname}`)) return respondNowhere(request);
  const { auth, log, config } = services();
  try {
    checkOrigin(config, request);
    const body = await readBody(request, rules);
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    // The address asked for is not the public one behind a proxy; better-auth reads its origin from it.
    const answer = await auth.handler(
      new Request(new URL(`${pathname}${search}`, config.url), {
        method: request.method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return answer.status === 429 ? withRetryAfter(answer) : answer;
  } catch (error) {
    return respondError(log, error, 'auth');
  }
}

/** better-auth names the wait in a header of its own. */
async function withRetryAfter(answer: Response): Promise<Response> {
  const seconds = answer.headers.get('retry-after') ?? answer.headers.get('x-retry-after') ?? '10';
  return respondJson(await answer.json(), 429, { 'Retry-After': seconds });
}

import { at, isRecord } from '@/lib/values/unknown';
import { addressOf } from '@/server/front/client';
import { keysAfterChange } from '@/server/people/api-keys';
import { deviceCookie } from '@/server/people/device-cookie';
import type { Turns } from '@/server/people/rate-limit';
import { plainEmail, takeChangeTurn, takeSignInTurn } from '@/server/people/sign-in-limit';
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
  'POST /api/auth/two-factor/enable',
  'POST /api/auth/two-factor/disable',
  'POST /api/auth/two-factor/generate-backup-codes',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
]);
/** Those that take the password of somebody who is signed in, and are no other guess than a change of it. */
const withPassword: ReadonlySet<string> = new Set([
  '/api/auth/two-factor/enable',
  '/api/auth/two-factor/disable',
  '/api/auth/two-factor/generate-backup-codes',
]);
const rules = { accepts: ['application/json'], maxBytes: 16_384 };

/** better-auth's own answers for the few endpoints that are open; 404 for all others, sign-up included. */
export async function respondAuth(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!open.has(`${request.method} ${pathname}`)) return respondNowhere(request);
  const { log, config } = services();
  try {
    checkOrigin(config, request);
    const body = await readBody(request, rules);
    if (pathname === '/api/auth/sign-in/email') return await signIn(request, body);
    if (pathname === '/api/auth/change-password') return await changePassword(request, body);
    if (withPassword.has(pathname)) return await changeTwoFactor(request, body);
    if (pathname.startsWith('/api/auth/two-factor/verify-')) return await proveCode(request, body);
    return await forward(request, body);
  } catch (error) {
    return respondError(log, error, 'auth');
  }
}

/** A try takes its turn before the password is looked at; a right password, or one not looked at, gives it back. */
async function signIn(request: Request, body: unknown): Promise<Response> {
  const { config } = services();
  const email = at(body, 'email');
  const cookies = request.headers.get('cookie');
  const turn = takeSignInTurn(services(), { email, cookies, address: addressOf(request.headers) });
  const answer = await guessing(await turn, () => forward(request, body));
  // Who still owes the second step has not signed in here.
  if (answer.ok && at(await answer.clone().json(), 'twoFactorRedirect') !== true) {
    answer.headers.append('Set-Cookie', deviceCookie(config, plainEmail(email), Date.now()));
  }
  return answer;
}

/**
 * A new password ends all other sessions, whatever was asked: whoever knew the old one is out. API keys go on unless
 * `revokeApiKeys` says so, and the answer tells how many do.
 */
async function changePassword(request: Request, body: unknown): Promise<Response> {
  const turn = takeChangeTurn(services(), request.headers.get('cookie'));
  const { revokeApiKeys, ...rest } = isRecord(body) ? body : {};
  const answer = await guessing(await turn, () =>
    forward(request, { ...rest, revokeOtherSessions: true }),
  );
  if (!answer.ok) return answer;
  const { user } = (await answer.clone().json()) as { user: { id: string } };
  const apiKeys = await keysAfterChange(services(), user.id, revokeApiKeys === true);
  const told = respondJson({ ...(await answer.json()), apiKeys }, answer.status);
  for (const cookie of answer.headers.getSetCookie()) told.headers.append('Set-Cookie', cookie);
  return told;
}

/** With the second step this browser knows the account, as without one it does with the password. */
async function proveCode(request: Request, body: unknown): Promise<Response> {
  const answer = await forward(request, body);
  if (!answer.ok) return answer;
  const email = plainEmail(at(await answer.clone().json(), 'user', 'email'));
  answer.headers.append('Set-Cookie', deviceCookie(services().config, email, Date.now()));
  return answer;
}

/** The password alone is taken from what was sent: all else is as the product has it. */
async function changeTwoFactor(request: Request, body: unknown): Promise<Response> {
  const turn = takeChangeTurn(services(), request.headers.get('cookie'));
  return guessing(await turn, () => forward(request, { password: at(body, 'password') }));
}

async function guessing(turns: Turns, ask: () => Promise<Response>): Promise<Response> {
  if (!turns.ok) return tooMany(turns.secondsLeft);
  let answer: Response | undefined;
  try {
    answer = await ask();
    return answer;
  } finally {
    if (answer === undefined || !(await isWrongGuess(answer))) await turns.giveBack();
  }
}

async function isWrongGuess(answer: Response): Promise<boolean> {
  if (answer.ok) return false;
  const said: unknown = await answer.clone().json();
  const code = at(said, 'code');
  return code === 'INVALID_EMAIL_OR_PASSWORD' || code === 'INVALID_PASSWORD';
}

function tooMany(seconds: number): Response {
  const message = `Too many wrong passwords. Wait ${seconds} seconds, then try again.`;
  return respondJson({ code: 'TOO_MANY_ATTEMPTS', message }, 429, {
    'Retry-After': String(seconds),
  });
}

async function forward(request: Request, body: unknown): Promise<Response> {
  const { auth, config } = services();
  const { pathname, search } = new URL(request.url);
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
}

/** better-auth names the wait in a header of its own. */
async function withRetryAfter(answer: Response): Promise<Response> {
  const seconds = answer.headers.get('retry-after') ?? answer.headers.get('x-retry-after') ?? '10';
  return respondJson(await answer.json(), 429, { 'Retry-After': seconds });
}

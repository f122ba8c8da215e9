import { AppError, isAppError } from '@/lib/api/errors';
import { hookMethods } from '@/lib/triggers/schema';
import { checkOrigin } from '@/server/http/check-origin';
import type { UnreadBody } from '@/server/http/handle';
import type { Services } from '@/server/services';
import { openSecret } from '../secrets';
import { verifyHook } from '../verify/verify-hook';
import { mayAsk } from './hook-cors';
import type { Hook } from './hook-store';

/** Whether a request may start a run. `why` is for the webhook's own people; the error tells strangers less. */
export type Admission =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; why: string; error: AppError };

export const nothingHere = () => new AppError('not_found', 'There is nothing at this address.');

/**
 * Looks at who sent a request, the cheapest first: is the webhook on, is the method one of its own, does a browser's page
 * of an allowed origin ask, is the sender who it must be. The body is read for a signature alone.
 */
export async function admitHook(
  services: Services,
  hook: Hook,
  token: string | undefined,
  body: UnreadBody,
  request: Request,
): Promise<Admission> {
  const refused = (why: string, error: AppError): Admission => ({ ok: false, why, error });
  if (!hook.enabled) return refused('The webhook is turned off.', nothingHere());
  const { method, headers } = request;
  const { methods } = hook.config;
  if (!hookMethods.some((one) => one === method && methods.includes(one))) {
    const allowed = methods.join(', ');
    return refused(
      `The method ${method.slice(0, 20)} is not taken: ${allowed} ${methods.length > 1 ? 'are' : 'is'}.`,
      new AppError('method_not_allowed', `${method} is not allowed here. Use ${allowed}.`, {
        methods,
      }),
    );
  }
  const foreign = refuseOrigin(services, hook, request);
  if (foreign) return foreign;
  const { auth } = hook.config;
  const head = { headers, token, now: Date.now() / 1000 };
  const secrets = () => hook.sealed.map((one) => openSecret(services.vault, hook, one));
  try {
    const verdict = await verifyHook(auth, secrets, head, () => body.read());
    if (verdict.ok) return { ok: true, bytes: verdict.body };
    if (auth.kind === 'none' || token !== undefined) return refused(verdict.why, nothingHere());
    const what =
      auth.kind === 'header' || auth.kind === 'basic' ? 'credentials are' : 'signature is';
    const message = `The ${what} missing or wrong.`;
    return refused(verdict.why, new AppError('unauthenticated', message));
  } catch (error) {
    // Whoever sent it may be known, but nobody can tell without reading all of it.
    if (isAppError(error)) return refused(error.message, error);
    throw error;
  }
}

function refuseOrigin(
  { config }: Services,
  hook: Hook,
  request: Request,
): Extract<Admission, { ok: false }> | undefined {
  if (mayAsk(hook.config, request.headers)) return undefined;
  try {
    checkOrigin(config, request);
    return undefined;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const origin = request.headers.get('origin')?.slice(0, 200) ?? 'another site';
    const why = `A page of ${origin} sent it from a browser. Allow that origin if it may.`;
    return { ok: false, why, error };
  }
}

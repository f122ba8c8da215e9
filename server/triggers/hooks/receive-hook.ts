import { AppError, isAppError } from '@/lib/api/errors';
import { harmlessHeaders, hookInput } from '@/lib/triggers/hook-input';
import { hookBurst, hooksPerSecond } from '@/lib/triggers/schema';
import type { UnreadBody } from '@/server/http/handle';
import { respondJson } from '@/server/http/respond';
import { hashOf } from '@/server/idempotency/hash-of';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { noteDelivery, noteRefused } from '../deliveries';
import { openSecret } from '../secrets';
import { deliveryOf, greetingOf } from '../verify/delivery';
import { verifyHook } from '../verify/verify-hook';
import { answerHook } from './answer-hook';
import { readHookBody } from './hook-body';
import { findHook, type Hook, takeTurn } from './hook-store';

type Given = { params: { id: string; secret?: string }; query: Record<string, string> };

/**
 * Starts a run by a request that its webhook verifies. The webhook is looked up before the body is read, and what is signed
 * is verified on the bytes as they came before they are parsed: what strangers send costs no more than that. Whatever is
 * refused leaves a row that says why; who sent it learns less. Throws `not_found` for a webhook that is off or not there,
 * `unauthenticated` for what is not proven, `too_many_requests`, as `readHookBody` for a body that cannot be read, and as
 * `startTriggered`. The same delivery gives the same run again.
 */
export async function receiveHook(
  services: Services,
  { params, query }: Given,
  body: UnreadBody,
  request: Request,
): Promise<Response> {
  const hook = await findHook(services.pool, params.id);
  if (hook === undefined) throw nothingHere();
  const bytes = await verifiedBytes(services, hook, params.secret, body, request.headers);
  await enter(services, hook);
  const input = {
    body: await parsed(services, hook, request.headers.get('content-type'), bytes),
    headers: harmlessHeaders(request.headers),
    query,
  };
  const greeting = greetingOf(hook.config.auth, request.headers, input.body);
  if (greeting !== undefined) {
    await noteDelivery(services, hook.id, { outcome: 'skipped', note: greeting.note });
    return respondJson(greeting.answer, 200);
  }
  const run = await startFor(services, hook, request.headers, input);
  services.bus.publish(`workspace:${hook.workspaceId}`, { kind: 'trigger', id: hook.id });
  return answerHook(services, hook, run, request.signal);
}

const nothingHere = () => new AppError('not_found', 'There is nothing at this address.');

/** The bytes of a request that a secret of the webhook proves. */
async function verifiedBytes(
  services: Services,
  hook: Hook,
  token: string | undefined,
  body: UnreadBody,
  headers: Headers,
): Promise<Uint8Array> {
  const { auth } = hook.config;
  const refused = async (why: string, error: AppError) => {
    await noteRefused(services, hook.id, why);
    return error;
  };
  if (!hook.enabled) throw await refused('The webhook is turned off.', nothingHere());
  const head = { headers, token, now: Date.now() / 1000 };
  const secrets = () => hook.sealed.map((one) => openSecret(services.vault, hook, one));
  const verdict = await verifyHook(auth, secrets, head, () => body.read()).catch(
    async (error: unknown) => {
      // Whoever sent it may be known, but nobody can tell without reading all of it.
      throw isAppError(error) ? await refused(error.message, error) : error;
    },
  );
  if (verdict.ok) return verdict.body;
  if (auth.kind === 'none' || token !== undefined) throw await refused(verdict.why, nothingHere());
  const message =
    auth.kind === 'header' || auth.kind === 'basic'
      ? 'The credentials are missing or wrong.'
      : 'The signature is missing or wrong.';
  throw await refused(verdict.why, new AppError('unauthenticated', message));
}

/** Takes a turn of the webhook's budget. */
async function enter(services: Services, hook: Hook): Promise<void> {
  if (await takeTurn(services.pool, hook.id)) return;
  await noteRefused(
    services,
    hook.id,
    `Too many requests: ${hooksPerSecond} a second are taken, and ${hookBurst} at once.`,
  );
  throw new AppError('too_many_requests', 'Too many requests at once. Try again in a moment.', {
    retryAfter: 1,
  });
}

/** The body as the workflow gets it. What cannot be read was sent by who may: the webhook's list tells of it. */
async function parsed(
  services: Services,
  hook: Hook,
  contentType: string | null,
  bytes: Uint8Array,
): Promise<unknown> {
  try {
    return readHookBody(contentType, bytes);
  } catch (error) {
    if (isAppError(error)) {
      await noteDelivery(services, hook.id, { outcome: 'failed', note: error.message });
    }
    throw error;
  }
}

async function startFor(
  services: Services,
  hook: Hook,
  headers: Headers,
  input: Parameters<typeof hookInput>[1],
) {
  const name = deliveryOf(hook.config.auth, headers, input.body);
  const once = name && {
    key: `trigger:${hook.id}:${name.id}`,
    requestHash: hashOf(name.strict ? input.body : name.id),
  };
  try {
    const run = await startTriggered(services, {
      workspaceId: hook.workspaceId,
      workflowId: hook.workflowId,
      trigger: 'webhook',
      input: (names) => hookInput(names, input),
      ...(once === undefined ? {} : { once }),
    });
    const outcome = run.created ? 'started' : 'repeated';
    await noteDelivery(services, hook.id, { outcome, runId: run.id });
    return run;
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteDelivery(services, hook.id, { outcome: 'failed', note: error.message });
    if (error.code === 'idempotency_mismatch') {
      throw new AppError(
        'idempotency_mismatch',
        'This delivery’s ID was already used with another body.',
      );
    }
    throw error;
  }
}

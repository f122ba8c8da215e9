import type { InputOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { receiveHook as contract } from '@/lib/triggers/contract';
import { harmlessHeaders, hookInput } from '@/lib/triggers/hook-input';
import type { UnreadBody } from '@/server/http/handle';
import { respondJson } from '@/server/http/respond';
import { hashOf } from '@/server/idempotency/hash-of';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { awaitResult } from './await-result';
import { noteDelivery, noteRefused } from './deliveries';
import { readHookBody } from './hook-body';
import { findHook, type Hook, takeTurn } from './hook-store';
import { openSecret } from './secrets';
import { isSigned, mayBeSigned } from './signature';

/** Characters of large values that one answer carries. */
const maxAnswered = 4_000_000;

/**
 * Starts a run by a signed request. The webhook is looked up before the body is read, and the signature verified on the
 * bytes as they came before they are parsed: what strangers send costs no more than that. Throws `not_found` for a
 * webhook that is off or not there, `unauthenticated` for a wrong or old signature, `too_many_requests`, as `readHookBody` for
 * a body that cannot be read, and as `startTriggered`. The same `webhook-id` with the same body gives the same run again.
 */
export async function receiveHook(
  services: Services,
  { params, query }: InputOf<typeof contract>,
  body: UnreadBody,
  request: Request,
): Promise<Response> {
  const { pool } = services;
  const hook = await findHook(pool, params.id);
  if (hook === undefined) throw new AppError('not_found', 'There is nothing at this address.');
  const bytes = await signedBytes(services, hook, request.headers, body).catch(
    async (error: unknown) => {
      // Whoever sent it may be known, but nobody can tell without reading all of it.
      if (isAppError(error)) await noteRefused(services, hook.id, error.message);
      throw error;
    },
  );
  if (bytes === undefined) {
    await noteRefused(services, hook.id);
    throw new AppError('unauthenticated', 'The signature is missing or wrong.');
  }
  if (!(await takeTurn(pool, hook.id))) {
    throw new AppError('too_many_requests', 'Too many requests at once. Try again in a moment.', {
      retryAfter: 1,
    });
  }
  const id = request.headers.get('webhook-id') ?? '';
  const input = {
    body: await parsed(services, hook, request.headers.get('content-type'), bytes),
    headers: harmlessHeaders(request.headers),
    query,
  };
  const run = await startFor(services, hook, id, input);
  services.bus.publish(`workspace:${hook.workspaceId}`, { kind: 'trigger', id: hook.id });
  const result =
    hook.config.answer === 'wait' ? await awaitResult(services, run.id, request.signal) : undefined;
  if (!result?.ended)
    return respondJson({ run: run.id, status: result?.status ?? run.status }, 202);
  const { status, output, error } = result;
  return respondJson(
    {
      run: run.id,
      status,
      ...(status === 'succeeded' ? { output: await hydratedOutput(services, run.id, output) } : {}),
      ...(error === null ? {} : { error: { code: error.code, message: error.message } }),
    },
    200,
  );
}

/** The output whole, where it is not too large to be sent: else with references, which can be read one by one. */
function hydratedOutput({ engine }: Services, runId: string, output: unknown): Promise<unknown> {
  return engine.blobs
    .reader(
      runId,
      maxAnswered,
    )(output)
    .catch((error: unknown) => {
      if (StepError.isInstance(error)) return output;
      throw error;
    });
}

/** The bytes of a request that a secret of the webhook signed; undefined for any other. */
async function signedBytes(
  { vault }: Services,
  hook: Hook,
  headers: Headers,
  body: UnreadBody,
): Promise<Uint8Array | undefined> {
  const signature = {
    id: headers.get('webhook-id') ?? '',
    timestamp: headers.get('webhook-timestamp') ?? '',
    signature: headers.get('webhook-signature') ?? '',
  };
  const now = Date.now() / 1000;
  if (!mayBeSigned(signature, now)) return undefined;
  const bytes = await body.read();
  // All of them are tried, so that the time tells nothing.
  const right = hook.sealed.map((one) =>
    isSigned(openSecret(vault, hook, one), { ...signature, body: bytes }, now),
  );
  return right.includes(true) ? bytes : undefined;
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
  id: string,
  input: Parameters<typeof hookInput>[1],
) {
  try {
    const run = await startTriggered(services, {
      workspaceId: hook.workspaceId,
      workflowId: hook.workflowId,
      trigger: 'webhook',
      input: (names) => hookInput(names, input),
      once: { key: `trigger:${hook.id}:${id}`, requestHash: hashOf(input.body) },
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
        'This webhook-id was already used with another body.',
      );
    }
    throw error;
  }
}

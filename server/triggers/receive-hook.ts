import type { InputOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/define-node';
import type { receiveHook as contract } from '@/lib/triggers/contract';
import { harmlessHeaders, hookInput } from '@/lib/triggers/hook-input';
import type { TextBody } from '@/server/http/read-body';
import { respondJson } from '@/server/http/respond';
import { hashOf } from '@/server/runs/start-run';
import { startTriggered } from '@/server/runs/start-triggered';
import type { Services } from '@/server/services';
import { awaitResult } from './await-result';
import { noteDelivery, noteRefused } from './deliveries';
import { findHook, type Hook, takeTurn } from './hook-store';
import { openSecret } from './secrets';
import { isSigned } from './signature';

/** Characters of large values that one answer carries. */
const mostAnswered = 4_000_000;

/**
 * Starts a run by a signed request. Throws `not_found` for a webhook that is off or not there, `too_many_requests`,
 * `unauthenticated` for a wrong or old signature, and as `startTriggered`. The same `webhook-id` with the same body
 * gives the same run again.
 */
export async function receiveHook(
  services: Services,
  { params, query, body }: InputOf<typeof contract>,
  request: Request,
): Promise<Response> {
  const { pool } = services;
  const hook = await findHook(pool, params.id);
  if (hook === undefined) throw new AppError('not_found', 'There is nothing at this address.');
  const { text = '', mediaType = '' } = (body ?? {}) as Partial<TextBody>;
  const id = request.headers.get('webhook-id') ?? '';
  if (!isFrom(services, hook, request, { id, text })) {
    await noteRefused(pool, hook.id);
    throw new AppError('unauthenticated', 'The request is not signed as it should be.');
  }
  if (!(await takeTurn(pool, hook.id))) {
    throw new AppError('too_many_requests', 'Too many requests at once. Try again in a moment.', {
      retryAfter: 1,
    });
  }
  const input = {
    body: mediaType === 'application/json' ? (JSON.parse(text) as unknown) : text || null,
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
      ...(status === 'succeeded' ? { output: await wholeOutput(services, run.id, output) } : {}),
      ...(error === null ? {} : { error: { code: error.code, message: error.message } }),
    },
    200,
  );
}

/** The output whole, where it is not too large to be sent: else with references, which can be read one by one. */
function wholeOutput({ engine }: Services, runId: string, output: unknown): Promise<unknown> {
  return engine.blobs
    .reader(
      runId,
      mostAnswered,
    )(output)
    .catch((error: unknown) => {
      if (error instanceof StepError) return output;
      throw error;
    });
}

function isFrom(
  { vault }: Services,
  hook: Hook,
  { headers }: Request,
  { id, text }: { id: string; text: string },
): boolean {
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const signature = headers.get('webhook-signature') ?? '';
  const signed = { id, timestamp, signature, body: text };
  const now = Date.now() / 1000;
  // All of them are tried, so that the time tells nothing.
  return hook.sealed
    .map((one) => isSigned(openSecret(vault, hook, one), signed, now))
    .includes(true);
}

async function startFor(
  services: Services,
  hook: Hook,
  id: string,
  input: Parameters<typeof hookInput>[1],
) {
  const { pool } = services;
  try {
    const run = await startTriggered(services, {
      workspaceId: hook.workspaceId,
      workflowId: hook.workflowId,
      trigger: 'webhook',
      input: (names) => hookInput(names, input),
      once: { key: `trigger:${hook.id}:${id}`, requestHash: hashOf(input.body) },
    });
    const outcome = run.created ? 'started' : 'repeated';
    await noteDelivery(pool, hook.id, { outcome, runId: run.id });
    return run;
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteDelivery(pool, hook.id, { outcome: 'failed', note: error.message });
    if (error.code === 'idempotency_mismatch') {
      throw new AppError('idempotency_mismatch', 'This webhook-id came with another body before.');
    }
    throw error;
  }
}

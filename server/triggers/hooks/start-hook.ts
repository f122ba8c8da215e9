import { AppError, isAppError } from '@/lib/api/errors';
import { type HookRequest, hookInput } from '@/lib/triggers/hook-input';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import { hashOf } from '@/server/idempotency/hash-of';
import { earlierRun } from '@/server/runs/starting/earlier-run';
import { readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { noteDelivery } from '../deliveries';
import { deliveryOf } from '../verify/delivery';
import type { SentFile } from './hook-files';
import type { Hook } from './hook-store';

/**
 * Starts the run of a request, or gives the one that the same delivery started. Files are kept once it is sure that the
 * workflow takes the request. What came of it stands in the webhook's list.
 */
export async function startHook(
  services: Services,
  hook: Hook,
  headers: Headers,
  request: HookRequest,
  files: readonly SentFile[],
) {
  try {
    const run = await start(services, hook, onceOf(hook, headers, request, files), request, files);
    const outcome = run.created ? 'started' : 'repeated';
    await noteDelivery(services, hook.id, { outcome, runId: run.id });
    return run;
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteDelivery(services, hook.id, { outcome: 'failed', note: error.message });
    if (error.code !== 'idempotency_mismatch') throw error;
    throw new AppError(
      'idempotency_mismatch',
      'This delivery’s ID was already used with another body.',
    );
  }
}

type Once = { key: string; requestHash: string };

async function start(
  services: Services,
  hook: Hook,
  once: Once | undefined,
  request: HookRequest,
  files: readonly SentFile[],
) {
  const live = await readLive(services, hook);
  const names = live.fields.map(({ name }) => name);
  const input = live.checked(hookInput(names, request, hook.config.gives));
  if (files.length > 0) {
    const earlier = once && (await earlierRun(services, hook, once.key, once.requestHash));
    if (earlier) return { ...earlier, created: false };
    await keepSentFiles(services, hook.workspaceId, files, { triggerId: hook.id });
  }
  return live.start({ trigger: 'webhook', input, ...(once === undefined ? {} : { once }) });
}

function onceOf(
  hook: Hook,
  headers: Headers,
  { body }: HookRequest,
  files: readonly SentFile[],
): Once | undefined {
  const name = deliveryOf(hook.config.auth, headers, body);
  if (name === undefined) return undefined;
  const key = `trigger:${hook.id}:${name.id}`;
  if (!name.strict) return { key, requestHash: hashOf(name.id) };
  if (files.length === 0) return { key, requestHash: hashOf(body) };
  // Files get a new id each time; what they hold is the same.
  const named = files.reduce(
    (text, { id, sha256 }) => text.replaceAll(id, sha256),
    JSON.stringify(body),
  );
  return { key, requestHash: hashOf(named) };
}

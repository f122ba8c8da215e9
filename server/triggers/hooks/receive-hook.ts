import { AppError, isAppError } from '@/lib/api/errors';
import { gathered, type HookRequest, openHeaders } from '@/lib/triggers/hook-input';
import { hookBurst, hooksPerSecond } from '@/lib/triggers/schema';
import type { UnreadBody } from '@/server/http/handle';
import { createPlaces } from '@/server/http/places';
import { respondError, respondJson } from '@/server/http/respond';
import type { Services } from '@/server/services';
import { noteDelivery, noteRefused } from '../deliveries';
import { greetingOf } from '../verify/delivery';
import { admitHook, nothingHere } from './admit-hook';
import { answerHook } from './answer-hook';
import { isText, readHookBody, storable } from './hook-body';
import { corsHeaders } from './hook-cors';
import { mediaTypeOf, type SentFile } from './hook-files';
import { findHook, type Hook, takeTurn } from './hook-store';
import { cleanPairs, cleanTexts } from './hook-texts';
import { sampleHook } from './sample-hook';
import { startHook } from './start-hook';

type Given = { params: { id: string; secret?: string } };

/** Bodies with files may be as large as uploads, a few at a time. */
const maxFileBody = 8 * 1_048_576;
const inTurn = createPlaces();

/**
 * Starts a run by a request that its webhook verifies. The webhook is looked up before the body is read, and what is signed
 * is verified on the bytes as they came before they are parsed: what strangers send costs no more than that. Whatever is
 * refused leaves a row that says why; who sent it learns less. Throws `not_found` for a webhook that is not there; all
 * other refusals are responses that a page of an allowed origin can read. The same delivery gives the same run again.
 */
export async function receiveHook(
  services: Services,
  { params }: Given,
  body: UnreadBody,
  request: Request,
): Promise<Response> {
  const hook = await findHook(services.pool, params.id);
  if (hook === undefined) throw nothingHere();
  const work = () => receive(services, hook, params.secret, body, request);
  const large = mayBeLarge(hook, request);
  const response = await (large ? inTurn(hook.id, work) : work())
    // The result of a run may take its time, when nothing of the body is held any more.
    .then((received) => (typeof received === 'function' ? received() : received))
    .catch((error: unknown) => respondError(services.log, error, 'hooks.receive'));
  for (const [name, value] of Object.entries(corsHeaders(hook.config, request.headers)))
    response.headers.set(name, value);
  return response;
}

function mayBeLarge({ config }: Hook, { headers }: Request): boolean {
  const mediaType = mediaTypeOf(headers);
  if (mediaType === 'multipart/form-data') return true;
  return config.gives === 'request' && !isText(mediaType);
}

/** Takes a request up to the run that it starts; what waits for that run's result comes after. */
async function receive(
  services: Services,
  hook: Hook,
  token: string | undefined,
  unread: UnreadBody,
  request: Request,
): Promise<Response | (() => Promise<Response>)> {
  const body = onceRead(unread, mayBeLarge(hook, request) ? maxFileBody : undefined);
  const admission = await admitHook(services, hook, token, body, request);
  const shown = hook.listening && (await sampleHook(services, hook, body, request, admission));
  if (!admission.ok) {
    await noteRefused(services, hook.id, admission.why);
    throw admission.error;
  }
  await enter(services, hook);
  const { input, files } = await readRequest(services, hook, request, admission.bytes);
  const greeting = greetingOf(hook.config.auth, request.headers, input.body);
  if (greeting !== undefined) {
    await noteDelivery(services, hook.id, { outcome: 'skipped', note: greeting.note });
    return respondJson(greeting.answer, 200);
  }
  if (shown) {
    const note = 'Shown as the test request. No run started.';
    await noteDelivery(services, hook.id, { outcome: 'skipped', note });
    return respondJson({ test: true }, 202);
  }
  const run = await startHook(services, hook, request.headers, input, files);
  services.bus.publish(`workspace:${hook.workspaceId}`, { kind: 'trigger', id: hook.id });
  return () => answerHook(services, hook, run, request.signal);
}

/** A body can be read once; whoever asks again gets what was read. */
function onceRead(body: UnreadBody, maxBytes: number | undefined): UnreadBody {
  let bytes: Promise<Uint8Array> | undefined;
  return {
    read() {
      bytes ??= body.read(maxBytes);
      return bytes;
    },
  };
}

/** Takes a turn of the webhook's budget. */
async function enter({ pool, log }: Services, { id, config }: Hook): Promise<void> {
  const { perSecond } = config;
  if (await takeTurn(pool, id, perSecond)) return;
  const burst = (perSecond * hookBurst) / hooksPerSecond;
  const why = `Too many requests: ${perSecond} a second are taken, and ${burst} at once.`;
  await noteRefused({ pool, log }, id, why);
  throw new AppError('too_many_requests', 'Too many requests at once. Try again in a moment.', {
    retryAfter: 1,
  });
}

/** The request as the workflow gets it. What cannot be read was sent by who may: the webhook's list tells of it. */
async function readRequest(
  services: Services,
  { id, config }: Hook,
  request: Request,
  bytes: Uint8Array,
): Promise<{ input: HookRequest; files: SentFile[] }> {
  try {
    const { body, files } = await readHookBody(request.headers, bytes, config.gives);
    const headers = cleanTexts(openHeaders(request.headers, config.auth));
    const query = gathered(cleanPairs(new URL(request.url).searchParams));
    storable(query, 'The query');
    const named = files.map(({ bytes: _, sha256: _hash, ...file }) => file);
    return { input: { method: request.method, query, headers, body, files: named }, files };
  } catch (error) {
    if (isAppError(error)) {
      await noteDelivery(services, id, { outcome: 'failed', note: error.message });
    }
    throw error;
  }
}

import { randomUUID } from 'node:crypto';
import { agentsChanged } from '@/lib/agents/assignment/record';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { sendEvent as contract } from '@/lib/runs/contract';
import { cleanValue } from '@/lib/runs/values/clean';
import { errorClassOf } from '@/server/db/error-class';
import { hashOf } from '@/server/idempotency/hash-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { createDeliveries, deliver } from './deliver';
import { isKept, type NewEvent, placeEvent } from './store';

/** For all that one request does. */
const patienceMs = 5000;

/**
 * Ends the wait of every step of the workspace that waits for an event of this name. Where none does, the event is kept
 * for the first step that will, of a run that has begun by now. The same Idempotency-Key with the same event sends it
 * once. Throws `invalid_input` for a payload that cannot be kept, `too_many_requests` when too much is kept already,
 * and `unavailable` when the database does not answer in time.
 */
export async function sendEvent(
  services: Pick<Services, 'pool' | 'engine' | 'log'>,
  actor: Actor,
  { body: { channel, payload } }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const until = performance.now() + patienceMs;
  const left = () => Math.max(until - performance.now(), 0);
  if (channel === agentsChanged) {
    throw new AppError('invalid_input', `channel: “${agentsChanged}” is a name of the product.`);
  }
  const clean = cleanValue(payload);
  if (!clean.ok) throw new AppError('invalid_input', `payload: ${clean.reason}.`);
  const key = readIdempotencyKey(request);
  const event: NewEvent = {
    id: randomUUID(),
    workspaceId: actor.workspaceId,
    channel,
    payload: clean.value,
    sentBy: actor.userId,
    sender: actor.name,
    ...(key === undefined ? {} : { once: { key, requestHash: hashOf({ channel, payload }) } }),
  };
  const placed = await placeEvent(services.pool, event).catch(refuse);
  if (!placed.new) return { delivered: placed.delivered, kept: placed.kept };
  for (const claim of placed.earlier) {
    await deliver(services, claim, undefined, left()).catch(refuseLater);
  }
  if (placed.claims.length === 0) return { delivered: 0, kept: true };
  let delivered = 0;
  for (const claim of placed.claims) {
    const done = await deliver(services, claim, event, left()).catch(refuseLater);
    // What stands in a claim is delivered, if not by this request.
    if (done === 'later' || done.reached) delivered += 1;
    else if (done.reopened) {
      await createDeliveries(services).look(event.workspaceId, channel);
      const kept = await isKept(services.pool, event.id);
      return { delivered: kept ? 0 : 1, kept };
    }
  }
  return { delivered, kept: false };
}

function refuse(error: unknown): never {
  if (isAppError(error) || errorClassOf(error) === 'permanent') throw error;
  const message = 'The event was not stored in time. Send it again in a moment.';
  throw Object.assign(new AppError('unavailable', message), { cause: error });
}

/** A database that is away now will hear of it later: a worker finishes what stands in the rows. */
function refuseLater(error: unknown): 'later' {
  if (isAppError(error) || errorClassOf(error) !== 'permanent') return 'later';
  throw error;
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type {
  getListening as getContract,
  listenForTest as listenContract,
  stopListening as stopContract,
} from '@/lib/triggers/contract';
import type { Services } from '@/server/services';
import { stopListening as forget, listen, listeningOf } from './hooks/listening-store';
import { requireTrigger } from './view';

/** Waits for the next request of a webhook. Throws `not_found`, `conflict` for other triggers. */
export async function listenForTest(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof listenContract>,
): Promise<ResultOf<typeof listenContract>> {
  await requireHook(services, actor, params.id);
  const until = await listen(services.pool, params.id);
  return { until: until.toISOString(), request: null };
}

/** The request that came, or how long it is waited for. Throws as `listenForTest`. */
export async function getListening(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof getContract>,
): Promise<ResultOf<typeof getContract>> {
  await requireHook(services, actor, params.id);
  const found = await listeningOf(services.pool, params.id);
  return { listening: found ? { ...found, until: found.until.toISOString() } : null };
}

/** Waits no longer. Throws as `listenForTest`. */
export async function stopListening(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof stopContract>,
): Promise<ResultOf<typeof stopContract>> {
  await requireHook(services, actor, params.id);
  await forget(services.pool, params.id);
  return { id: params.id };
}

async function requireHook(services: Services, actor: Actor, id: string): Promise<void> {
  const { kind } = await requireTrigger(services, actor, id);
  if (kind !== 'webhook') throw new AppError('conflict', 'Only webhooks get requests.');
}

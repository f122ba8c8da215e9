import type * as contracts from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { type ToTell, tellOfAgent } from '../tell';
import { standingsOf } from './standing';
import { setMaintenance } from './state-store';

/** Takes an agent out of service: it begins nothing, and what wants it waits. Throws `not_found`. */
export async function startMaintenance(
  services: ToTell,
  actor: Actor,
  { params: { id }, body: { reason } }: InputOf<typeof contracts.startMaintenance>,
): Promise<ResultOf<typeof contracts.startMaintenance>> {
  return set(services, actor, id, reason);
}

/** Puts an agent back into service. Throws `not_found`. */
export async function endMaintenance(
  services: ToTell,
  actor: Actor,
  { params: { id } }: InputOf<typeof contracts.endMaintenance>,
): Promise<ResultOf<typeof contracts.endMaintenance>> {
  return set(services, actor, id, null);
}

async function set(services: ToTell, actor: Actor, id: string, reason: string | null) {
  if (!(await setMaintenance(services.pool, actor, id, reason))) {
    throw new AppError('not_found', 'This agent does not exist.');
  }
  // The change is noticed by whoever made it.
  await standingsOf(services, actor.workspaceId);
  await tellOfAgent(services, actor.workspaceId, id);
  return { id };
}

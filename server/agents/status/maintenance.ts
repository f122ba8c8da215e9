import type * as contracts from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { standingsOf } from './standing';
import { setMaintenance } from './state-store';

type Needs = Pick<Services, 'pool' | 'bus'>;

/** Takes an agent out of service: it begins nothing, and what wants it waits. Throws `not_found`. */
export async function startMaintenance(
  services: Needs,
  actor: Actor,
  { params: { id }, body: { reason } }: InputOf<typeof contracts.startMaintenance>,
): Promise<ResultOf<typeof contracts.startMaintenance>> {
  return set(services, actor, id, reason);
}

/** Puts an agent back into service. Throws `not_found`. */
export async function endMaintenance(
  services: Needs,
  actor: Actor,
  { params: { id } }: InputOf<typeof contracts.endMaintenance>,
): Promise<ResultOf<typeof contracts.endMaintenance>> {
  return set(services, actor, id, null);
}

async function set(services: Needs, actor: Actor, id: string, reason: string | null) {
  const { pool, bus } = services;
  if (!(await setMaintenance(pool, actor, id, reason))) {
    throw new AppError('not_found', 'This agent does not exist.');
  }
  // The change is noticed by whoever made it.
  await standingsOf(services, actor.workspaceId);
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'agent', id });
  return { id };
}

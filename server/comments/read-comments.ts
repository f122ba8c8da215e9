import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { readComments as contract } from '@/lib/comments/contract';
import type { Actor } from '@/lib/people/schema';
import { readThreadNotifications } from '@/server/notifications/read-notifications';
import type { Services } from '@/server/services';
import { setRead } from './store';
import { requireThread } from './view-thread';

/** Notes that the actor has read a thread up to a moment, and with it its notifications. Throws `not_found`. */
export async function readComments(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await requireThread(services.pool, actor, params.id);
  await setRead(services.pool, params.id, actor.userId, body.at);
  await readThreadNotifications(services, actor, params.id);
  return { id: params.id };
}

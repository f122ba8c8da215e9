import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { readNotifications as contract } from '@/lib/notifications/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { hasNotification, markRead } from './store';

/** Marks one of the actor's notifications as read, or all. Throws `not_found` for one that is not theirs. */
export async function readNotifications(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id, runId } = body;
  if (id !== undefined && !(await hasNotification(services.pool, actor, id))) {
    throw new AppError('not_found', 'This notification does not exist.');
  }
  return { read: await mark(services, actor, { id, runId }) };
}

/** Marks the notifications of a thread as read. */
export async function readThreadNotifications(
  services: Services,
  actor: Actor,
  threadId: string,
): Promise<void> {
  await mark(services, actor, { threadId });
}

async function mark(services: Services, actor: Actor, which: Parameters<typeof markRead>[2]) {
  const read = await markRead(services.pool, actor, which);
  // The same person's other tabs follow.
  if (read > 0) {
    const hint = { kind: 'notification', id: actor.userId } as const;
    services.bus.publish(`workspace:${actor.workspaceId}`, hint);
  }
  return read;
}

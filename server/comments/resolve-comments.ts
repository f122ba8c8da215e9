import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { resolveComments as contract } from '@/lib/comments/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { notify } from '@/server/notifications/notify';
import type { Services } from '@/server/services';
import { announce } from './announce';
import { lockThread, setResolved } from './store';
import { requireThread, viewThread } from './view-thread';

/** Resolves a thread and tells who started it, or opens it again. Doing it twice changes nothing. Throws `not_found`. */
export async function resolveComments(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const done = await transaction(pool, async (client) => {
    await lockThread(client, params.id);
    const { workflowId, createdBy, opening } = await requireThread(client, actor, params.id);
    const changed = await setResolved(client, params.id, body.resolved ? actor.userId : null);
    const subject = { workflowId, threadId: params.id, commentId: opening.id };
    const resolved = changed && body.resolved && createdBy !== null ? [createdBy] : [];
    return { changed, workflowId, notified: await notify(client, actor, subject, { resolved }) };
  });
  if (done.changed) announce(services, actor, done.workflowId, done.notified);
  return viewThread(pool, actor, params.id);
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { replyComment as contract } from '@/lib/comments/contract';
import { mentionedIds } from '@/lib/comments/mentions';
import { commentLimits } from '@/lib/comments/schema';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { notify } from '@/server/notifications/notify';
import type { Services } from '@/server/services';
import { announce } from './announce';
import { holdRate } from './rate-limit';
import { insertComment, lockThread, membersAmong, setResolved, writersOf } from './store';
import { requireThread, viewThread } from './view-thread';

/**
 * Writes in a thread, which opens it again, and notifies those who are mentioned and those who wrote in it before.
 * Throws `not_found`, `conflict` (the thread is full), `too_many_requests`.
 */
export async function replyComment(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const threadId = params.id;
  await requireThread(pool, actor, threadId);
  await holdRate(services, actor);
  const done = await transaction(pool, async (client) => {
    await lockThread(client, threadId);
    const { workflowId, replies } = await requireThread(client, actor, threadId);
    if (replies + 1 >= commentLimits.commentsPerThread) {
      throw new AppError(
        'conflict',
        `This thread has ${commentLimits.commentsPerThread} comments. Start another one.`,
      );
    }
    const writers = await writersOf(client, threadId);
    const mentions = await membersAmong(client, actor.workspaceId, mentionedIds(body.body));
    await setResolved(client, threadId, null);
    const comment = { threadId, authorId: actor.userId, body: body.body, mentions };
    const commentId = await insertComment(client, comment);
    const replied = await membersAmong(client, actor.workspaceId, writers);
    const subject = { workflowId, threadId, commentId };
    const reasons = { mentioned: mentions, replied };
    return { workflowId, notified: await notify(client, actor, subject, reasons) };
  });
  announce(services, actor, done.workflowId, done.notified);
  return viewThread(pool, actor, threadId);
}

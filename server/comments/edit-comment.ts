import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { editComment as contract } from '@/lib/comments/contract';
import { mentionedIds } from '@/lib/comments/mentions';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { notify } from '@/server/notifications/notify';
import type { Services } from '@/server/services';
import { announce } from './announce';
import { holdComment } from './hold-comment';
import { holdRate } from './rate-limit';
import { membersAmong, updateComment } from './store';
import { viewThread } from './view-thread';

/**
 * Changes what the actor wrote; whom it mentions now and did not before is notified. Throws `not_found`, `forbidden`
 * for somebody else's comment, `too_many_requests`.
 */
export async function editComment(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const { id: threadId, commentId } = params;
  await holdRate(services, actor);
  const done = await transaction(pool, async (client) => {
    const { thread, comment } = await holdComment(client, actor, threadId, commentId);
    if (comment.authorId !== actor.userId) {
      throw new AppError('forbidden', 'Only the author of a comment can edit it.');
    }
    const { workflowId } = thread;
    const mentions = await membersAmong(client, actor.workspaceId, mentionedIds(body.body));
    await updateComment(client, commentId, body.body, mentions);
    const mentioned = mentions.filter((id) => !comment.mentions.includes(id));
    const subject = { workflowId, threadId, commentId };
    return { workflowId, notified: await notify(client, actor, subject, { mentioned }) };
  });
  announce(services, actor, done.workflowId, done.notified);
  return viewThread(pool, actor, threadId);
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteComment as contract } from '@/lib/comments/contract';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { forgetNotifications } from '@/server/notifications/notify';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { announce } from './announce';
import { holdComment } from './hold-comment';
import { deleteThread, emptyComment } from './store';

/**
 * Deletes a comment and its notifications; the thread goes with its last one. One's own, or anybody's for who
 * manages the workspace, which the audit trail tells. Throws `not_found`, `forbidden`.
 */
export async function deleteComment(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id: threadId, commentId } = params;
  const done = await transaction(services.pool, async (client) => {
    const { thread, comments, comment } = await holdComment(client, actor, threadId, commentId);
    const { workflowId } = thread;
    const own = comment.authorId === actor.userId;
    if (!own && !can(actor.role, 'workspace.manage')) {
      throw new AppError('forbidden', 'Only the author of a comment or an admin can delete it.');
    }
    const others = comments.some(({ id, deletedAt }) => id !== commentId && deletedAt === null);
    if (others) await emptyComment(client, commentId);
    else await deleteThread(client, threadId);
    await forgetNotifications(client, actor.workspaceId, others ? { commentId } : { threadId });
    if (!own) {
      const detail = { threadId, commentId, authorId: comment.authorId ?? '' };
      await insertAudit(
        client,
        actor,
        'comment.deleted',
        { type: 'workflow', id: workflowId },
        detail,
      );
    }
    const touched = [...comments.flatMap((each) => [each.authorId ?? [], each.mentions].flat())];
    return { workflowId, threadDeleted: !others, touched: [...new Set(touched)] };
  });
  announce(services, actor, done.workflowId, done.touched);
  return { id: commentId, threadDeleted: done.threadDeleted };
}

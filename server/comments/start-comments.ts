import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { startComments as contract } from '@/lib/comments/contract';
import { mentionedIds } from '@/lib/comments/mentions';
import { commentLimits } from '@/lib/comments/schema';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { notify } from '@/server/notifications/notify';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { announce } from './announce';
import { holdRate } from './rate-limit';
import { countsOf, insertComment, insertThread, membersAmong } from './store';
import { viewThread } from './view-thread';

/**
 * Starts a thread and notifies the members that its first comment mentions. Ids of others are kept as plain text.
 * Throws `not_found`, `conflict` (too many open threads), `too_many_requests`.
 */
export async function startComments(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const { userId, workspaceId } = actor;
  const { id: workflowId } = await requireWorkflow(services, actor, params.id);
  await holdRate(services, actor);
  const { open } = await countsOf(pool, userId, workflowId);
  if (open >= commentLimits.openThreads) {
    throw new AppError(
      'conflict',
      `This workflow has ${open} open threads. Resolve some, then comment again.`,
    );
  }
  const done = await transaction(pool, async (client) => {
    const mentions = await membersAmong(client, workspaceId, mentionedIds(body.body));
    const threadId = await insertThread(client, {
      workspaceId,
      workflowId,
      anchor: body.anchor,
      createdBy: userId,
    });
    const comment = { threadId, authorId: userId, body: body.body, mentions };
    const commentId = await insertComment(client, comment);
    const subject = { workflowId, threadId, commentId };
    return { threadId, notified: await notify(client, actor, subject, { mentioned: mentions }) };
  });
  announce(services, actor, workflowId, done.notified);
  return viewThread(pool, actor, done.threadId);
}

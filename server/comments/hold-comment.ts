import type { PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { type CommentRow, commentsOf, lockThread, type ThreadRow } from './store';
import { requireThread } from './view-thread';

/** A comment that was not deleted, with its thread held until the transaction ends. Throws `not_found`. */
export async function holdComment(
  client: PoolClient,
  actor: Actor,
  threadId: string,
  commentId: string,
): Promise<{ thread: ThreadRow; comments: CommentRow[]; comment: CommentRow }> {
  await requireThread(client, actor, threadId);
  await lockThread(client, threadId);
  const thread = await requireThread(client, actor, threadId);
  const comments = await commentsOf(client, threadId);
  const comment = comments.find(({ id, deletedAt }) => id === commentId && deletedAt === null);
  if (!comment) throw new AppError('not_found', 'This comment does not exist.');
  return { thread, comments, comment };
}

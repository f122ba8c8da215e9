import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { giveFeedback as contract } from '@/lib/chat/feedback/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { dropFeedback, feedbackOf, keepFeedback } from './feedback-store';

/**
 * Says whether an answer of an agent was good: one voice for a person, kept with the version that answered. Throws
 * `not_found`.
 */
export async function giveFeedback(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, userId }: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id: threadId, messageId } = params;
  const { verdict, reason } = body;
  if (verdict === null) await dropFeedback(pool, { workspaceId, userId, messageId });
  else {
    const given = { workspaceId, userId, threadId, messageId, verdict, reason };
    if (!(await keepFeedback(pool, given))) {
      throw new AppError('not_found', 'There is no such answer of an agent in this conversation.');
    }
  }
  bus.publish(`workspace:${workspaceId}`, { kind: 'thread', id: threadId });
  const said = await feedbackOf(pool, workspaceId, userId, [messageId]);
  return said.get(messageId) ?? { up: 0, down: 0, mine: null };
}

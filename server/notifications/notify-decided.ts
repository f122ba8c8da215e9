import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { insertNotifications } from './store';

/** Tells the author of a suggestion that all of it was decided, unless they did it. Answers with whom it told. */
export async function notifyDecided(
  client: PoolClient,
  actor: Pick<Actor, 'userId' | 'workspaceId'>,
  suggestion: { id: string; workflowId: string; authorId: string | null },
): Promise<string[]> {
  const { id, workflowId, authorId } = suggestion;
  if (authorId === null || authorId === actor.userId) return [];
  const subject = { workflowId, suggestionId: id };
  return insertNotifications(client, actor, subject, 'suggestion', [authorId]);
}

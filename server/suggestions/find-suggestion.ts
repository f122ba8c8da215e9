import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { findSuggestion, type SuggestionRow } from './store';

/** A suggestion that this person may see; `lock` holds it until the transaction ends. Throws `not_found`. */
export async function requireSuggestion(
  db: Pool | PoolClient,
  actor: Pick<Actor, 'userId'>,
  workflowId: string,
  id: string,
  lock = false,
): Promise<SuggestionRow> {
  const row = await findSuggestion(db, workflowId, id, actor.userId, lock);
  if (!row) throw new AppError('not_found', 'This suggestion does not exist.');
  return row;
}

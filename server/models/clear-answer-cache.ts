import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { clearAnswerCache as contract } from '@/lib/spending/contract';
import type { Services } from '@/server/services';
import { clearAnswers } from './answers/answer-store';

/** Forgets all answers that the workspace keeps. */
export async function clearAnswerCache(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { cleared: await clearAnswers(pool, workspaceId) };
}

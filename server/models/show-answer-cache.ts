import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { showAnswerCache as contract } from '@/lib/spending/contract';
import type { Services } from '@/server/services';
import { answerUsesOf, usesDays } from '@/server/spending/calls/answer-uses';
import { countAnswers } from './answers/answer-store';

/** How often the answer cache answered lately, what that saved, and how many answers are kept. */
export async function showAnswerCache(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const [uses, kept] = await Promise.all([
    answerUsesOf(pool, workspaceId),
    countAnswers(pool, workspaceId),
  ]);
  return { days: usesDays, ...uses, kept };
}

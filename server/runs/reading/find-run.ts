import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { RunSummary } from '@/lib/runs/contract';
import type { Services } from '@/server/services';
import { readSummaries } from './summaries';

/** A run of the actor's workspace. Throws `not_found` for any other. */
export async function findRun(
  { pool }: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<RunSummary> {
  const { workspaceId } = actor;
  const [run] = await readSummaries(pool, { workspaceId, ids: [id], limit: 1 });
  if (run === undefined) throw new AppError('not_found', 'This run does not exist.');
  return run;
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getExperiment as contract } from '@/lib/experiments/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { countTasks } from './count-tasks';
import { requireExperiment } from './store';
import { viewExperiment } from './view-experiment';

/** An experiment as it stands now: what has ended meanwhile is counted first. Throws `not_found`. */
export async function getExperiment(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await requireExperiment(pool, workspaceId, id);
  await countTasks(pool, id);
  return viewExperiment(pool, workspaceId, id);
}

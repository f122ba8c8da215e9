import type { Actor } from '@/lib/people/schema';
import type { RunSummary } from '@/lib/runs/contract';
import type { Services } from '@/server/services';
import { readLastRuns } from './summaries';

/** The newest runs of some workflows by workflow id, newest first, at most `each`. */
export async function lastRuns(
  { pool }: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  workflowIds: readonly string[],
  each = 5,
): Promise<Map<string, RunSummary[]>> {
  const byWorkflow = new Map<string, RunSummary[]>(workflowIds.map((id) => [id, []]));
  for (const run of await readLastRuns(pool, actor.workspaceId, workflowIds, each)) {
    byWorkflow.get(run.workflowId ?? '')?.push(run);
  }
  return byWorkflow;
}

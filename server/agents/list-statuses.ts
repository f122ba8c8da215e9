import type { listAgentStatuses as contract } from '@/lib/agents/contract';
import { agentStatus } from '@/lib/agents/status';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { liveWorkers } from '@/server/runs/reading/live-workers';
import type { Services } from '@/server/services';
import { loadsOfAgents } from '@/server/tools/agent-tasks';
import { idsOfAgents } from './version-store';

/** What each agent of the workspace is doing, worked out from its tasks and the workers there are. */
export async function listAgentStatuses(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const [ids, loads, workers] = await Promise.all([
    idsOfAgents(pool, workspaceId),
    loadsOfAgents(pool, workspaceId),
    liveWorkers(pool),
  ]);
  const byId = new Map(loads.map((load) => [load.agentId, load]));
  return { items: ids.map((id) => ({ id, ...agentStatus(byId.get(id), workers) })) };
}

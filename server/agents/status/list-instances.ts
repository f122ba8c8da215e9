import type { listAgentInstances as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { workersFor } from '@/server/runs/reading/live-workers';
import type { Services } from '@/server/services';
import { tasksAmong } from '@/server/tools/agent-tasks';
import { getAgent } from '../get-agent';

/** Worker processes that can do an agent's tasks: each can. What they do for other workspaces is not counted. Throws `not_found`. */
export async function listAgentInstances(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await getAgent(services, actor, { params, query: {}, body: undefined });
  const { workspaceId } = actor;
  const workers = await workersFor(services.pool, workspaceId);
  const runIds = [...new Set(workers.flatMap(({ held }) => held.map(([runId]) => runId)))];
  const tasks = await tasksAmong(services.pool, { workspaceId, agentId: id }, runIds);
  const mine = new Set(tasks.map(({ runId, stepId }) => `${runId} ${stepId}`));
  const items = workers.map(({ held, startedAt, leaseUntil, ...worker }) => ({
    ...worker,
    ...{ startedAt: startedAt.toISOString(), leaseUntil: leaseUntil.toISOString() },
    load: { steps: held.length, tasks: held.filter((one) => mine.has(one.join(' '))).length },
  }));
  return { items };
}

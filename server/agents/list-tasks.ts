import type { listAgentTasks as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { tasksOfAgent } from '@/server/tools/agent-tasks';
import { getAgent } from './get-agent';

const maxShown = 50;

/** Tasks of an agent, the newest first. Throws `not_found`. */
export async function listAgentTasks(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await getAgent(services, actor, { params, query: {}, body: undefined });
  const rows = await tasksOfAgent(services.pool, actor.workspaceId, id, maxShown);
  const items = rows.map(({ startedAt, ...task }) => ({
    ...task,
    startedAt: startedAt.toISOString(),
  }));
  return { items };
}

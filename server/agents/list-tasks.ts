import type { listAgentTasks as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { tasksFromMessages } from '@/server/messages/tasks/list-tasks';
import type { Services } from '@/server/services';
import { stepsOfAgent } from '@/server/spending/calls/steps-of-agent';
import { tasksOfAgent } from '@/server/tools/agent-tasks';
import { getAgent } from './get-agent';

const maxShown = 50;

/** Tasks of an agent, the newest first. Throws `not_found`. */
export async function listAgentTasks(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id, handle } = await getAgent(services, actor, { params, query: {}, body: undefined });
  const { workspaceId } = actor;
  const sent = await tasksFromMessages(services.pool, workspaceId, handle, maxShown);
  const from = new Map(sent.map((one) => [one.runId, one.from]));
  const steps = await stepsOfAgent(services.pool, workspaceId, id, maxShown);
  const asked = { workspaceId, agentId: id, runIds: [...from.keys()], steps };
  const rows = await tasksOfAgent(services.pool, asked, maxShown);
  const items = rows.map(({ startedAt, ...task }) => ({
    ...task,
    from: from.get(task.runId) ?? null,
    startedAt: startedAt.toISOString(),
  }));
  return { items };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { createThread as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import { getAgent } from '@/server/agents/get-agent';
import type { Services } from '@/server/services';

/** Starts a thread with an agent. It is named after its first message. Throws `not_found`. */
export async function createThread(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const agent = await getAgent(services, actor, {
    params: { id: body.agentId },
    query: {},
    body: undefined,
  });
  const row = await services.prisma.thread.create({
    data: {
      workspaceId: actor.workspaceId,
      agentId: agent.id,
      title: 'New conversation',
      createdBy: actor.userId,
    },
  });
  services.bus.publish(`workspace:${actor.workspaceId}`, { kind: 'thread', id: row.id });
  return {
    id: row.id,
    title: row.title,
    agentId: agent.id,
    agentName: agent.name,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createThread as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import { getAgent } from '@/server/agents/get-agent';
import type { Services } from '@/server/services';
import { closedBecause } from './partner';
import { findThread, insertThread, toThread } from './store';

type Input = InputOf<typeof contract>;

/**
 * Starts a thread with an agent or a workflow. It is named after its first message. Throws `not_found`, and `conflict`
 * for a workflow that does not answer.
 */
export async function createThread(
  services: Services,
  actor: Actor,
  { body }: Input,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId, userId } = actor;
  const partner = await partnerOf(services, actor, body);
  const { id } = await insertThread(services.prisma, {
    workspaceId,
    createdBy: userId,
    ...partner,
  });
  const row = await findThread(services.prisma, workspaceId, id);
  if (row === null) throw new AppError('not_found', 'This conversation does not exist.');
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'thread', id });
  return toThread(row);
}

async function partnerOf(services: Services, actor: Actor, body: Input['body']) {
  if ('agentId' in body) {
    const given = { params: { id: body.agentId }, query: {}, body: undefined };
    return { agentId: (await getAgent(services, actor, given)).id };
  }
  const trigger = await services.prisma.trigger.findFirst({
    where: { id: body.triggerId, workspaceId: actor.workspaceId, kind: 'chat' },
    include: { workflow: { select: { name: true, deletedAt: true, liveVersion: true } } },
  });
  if (trigger === null) throw new AppError('not_found', 'This chat does not exist.');
  const { workflow, workflowId } = trigger;
  const closed = closedBecause({ agent: null, agentId: null, workflowId, workflow, trigger });
  if (closed !== undefined) throw new AppError('conflict', closed);
  return { workflowId, triggerId: trigger.id };
}

import type { createAgent as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { insertAgent } from './store';
import { tellOfAgent } from './tell';

/** Creates an agent. Throws `conflict` when its handle is taken. */
export async function createAgent(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const agent = await insertAgent(services.prisma, actor, body);
  await tellOfAgent(services, actor.workspaceId, agent.id);
  return agent;
}

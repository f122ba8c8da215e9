import type { updateAgent as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { replaceAgent } from './store';
import { tellOfAgent } from './tell';

/**
 * Changes an agent; steps that start from now on see it. Throws `not_found`, `conflict` for a taken handle, and where
 * somebody has changed it since the version that was read.
 */
export async function updateAgent(
  services: Services,
  actor: Actor,
  { params, query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const agent = await replaceAgent(services.prisma, actor, params.id, body, query.version);
  if (agent === undefined) throw new AppError('not_found', 'This agent does not exist.');
  await tellOfAgent(services, actor.workspaceId, agent.id);
  return agent;
}

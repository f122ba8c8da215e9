import type { getAgent as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findAgent } from './store';

/** One agent of the workspace. Throws `not_found`. */
export async function getAgent(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const agent = await findAgent(services.prisma, actor.workspaceId, params.id);
  if (agent === undefined) throw new AppError('not_found', 'This agent does not exist.');
  return agent;
}

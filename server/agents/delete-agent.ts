import type { deleteAgent as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { removeAgent } from './store';
import { tellOfAgent } from './tell';

/** Deletes an agent. Its threads can still be read, and workflows that name it use a general assistant. */
export async function deleteAgent(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (!(await removeAgent(services.prisma, actor, params.id))) {
    throw new AppError('not_found', 'This agent does not exist.');
  }
  await tellOfAgent(services, actor.workspaceId, params.id);
  return { id: params.id };
}

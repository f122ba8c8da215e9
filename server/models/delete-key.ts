import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteProviderKey as contract } from '@/lib/models/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { clearAnswers } from './answers/answer-store';
import { removeKey } from './keys/key-store';

/** Forgets a provider's key. Throws `not_found` when there is none. */
export async function deleteKey(
  services: Services,
  actor: Actor,
  { params: { provider }, query: { name = '' } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (!(await removeKey(services.prisma, actor, { provider, name }))) {
    throw new AppError('not_found', 'This provider has no such key.');
  }
  await clearAnswers(services.pool, actor.workspaceId, provider);
  return { provider, name };
}

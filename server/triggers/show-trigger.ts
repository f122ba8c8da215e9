import type { Actor } from '@/lib/people/schema';
import type { Trigger } from '@/lib/triggers/contract';
import type { Services } from '@/server/services';
import { problemsOf } from './trigger-problems';
import { requireTrigger, viewTrigger } from './view';

/** A trigger as it is stored now, and what keeps it from starting runs. Throws `not_found`. */
export async function showTrigger(
  services: Pick<Services, 'pool' | 'engine' | 'config'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<Trigger> {
  const row = await requireTrigger(services, actor, id);
  const [problems = []] = await problemsOf(services, [row]);
  return viewTrigger(services, row, problems);
}

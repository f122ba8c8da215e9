import type { ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listServices as contract } from '@/lib/services/contract';
import type { Services } from '@/server/services';
import { readyServices, viewReady } from './ready';
import { servicesOf } from './store';
import { viewService } from './view';

/** The services of the workspace by name, then the ready-made ones. */
export async function listServices(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
): Promise<ResultOf<typeof contract>> {
  const own = await servicesOf(pool, workspaceId);
  return { items: [...own.map(viewService), ...readyServices().map(viewReady)] };
}

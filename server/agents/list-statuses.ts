import type { listAgentStatuses as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { standingsOf } from './status/standing';

/** What each agent of the workspace is doing, worked out from its tasks and the workers there are. */
export async function listAgentStatuses(
  services: Pick<Services, 'pool' | 'bus'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: await standingsOf(services, workspaceId) };
}

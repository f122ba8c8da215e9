import type { Known } from '@/lib/from-words/rules/weave';
import type { Actor } from '@/lib/people/schema';
import { knownConnections } from '@/server/connections/known-connections';
import type { Services } from '@/server/services';
import { knownAgents } from '@/server/workflows/view-workflow';

/** What a draft can use of a workspace. */
export async function knownOf(
  services: Pick<Services, 'pool'>,
  { workspaceId, email }: Pick<Actor, 'workspaceId' | 'email'>,
  timeZone: string,
): Promise<Known> {
  const [agents, connections] = await Promise.all([
    knownAgents(services, workspaceId),
    knownConnections(services, workspaceId),
  ]);
  const mail = connections.find(({ kind, workflowIds }) => kind === 'smtp' && workflowIds === null);
  return { agents, me: email, timeZone, ...(mail === undefined ? {} : { mail: mail.name }) };
}

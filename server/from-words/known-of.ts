import type { Known } from '@/lib/from-words/rules/weave';
import type { Actor } from '@/lib/people/schema';
import { knownConnections } from '@/server/connections/known-connections';
import { memberNames } from '@/server/people/search-members';
import type { Services } from '@/server/services';
import { knownAgents } from '@/server/workflows/view-workflow';

/** What a draft can use of a workspace. */
export async function knownOf(
  services: Pick<Services, 'pool'>,
  { workspaceId, email: me }: Pick<Actor, 'workspaceId' | 'email'>,
  timeZone: string,
): Promise<Known> {
  const [agents, connections, members] = await Promise.all([
    knownAgents(services, workspaceId),
    knownConnections(services, workspaceId),
    memberNames(services.pool, workspaceId),
  ]);
  const open = (wanted: string) =>
    connections.find(({ kind, workflowIds }) => kind === wanted && workflowIds === null)?.name;
  const [mail, mailbox] = [open('smtp'), open('imap')];
  return {
    ...{ agents, me, timeZone, members },
    ...(mail === undefined ? {} : { mail }),
    ...(mailbox === undefined ? {} : { mailbox }),
  };
}

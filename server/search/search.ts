import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { can, type Permission } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { search as contract, Hit } from '@/lib/search/contract';
import { type Wanted, wantedOf } from '@/lib/search/words';
import { searchAgents } from '@/server/agents/search-agents';
import { searchThreads } from '@/server/chat/search-threads';
import { searchConnections } from '@/server/connections/search-connections';
import { docsHits } from '@/server/manual/search-docs';
import { searchMembers } from '@/server/people/search-members';
import { searchRuns } from '@/server/runs/reading/search-runs';
import type { Services } from '@/server/services';
import { searchSteps, searchWorkflows } from '@/server/workflows/organise/search-workflows';

type Source = {
  permission: Permission;
  find(pool: Services['pool'], workspaceId: string, wanted: Wanted, limit: number): Promise<Hit[]>;
};

const sources: readonly Source[] = [
  { permission: 'workflows.read', find: searchWorkflows },
  { permission: 'workflows.read', find: searchSteps },
  { permission: 'runs.read', find: searchRuns },
  { permission: 'agents.read', find: searchAgents },
  { permission: 'chat.read', find: searchThreads },
  { permission: 'connections.read', find: searchConnections },
  { permission: 'members.read', find: searchMembers },
];

/** What there is in the workspace that this person may read, by kind. */
export async function search(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, role }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const wanted = wantedOf(query.q);
  const open = sources.filter(({ permission }) => can(role, permission));
  const found = await Promise.all(
    open.map(({ find }) => find(pool, workspaceId, wanted, query.limit)),
  );
  return { hits: [...found.flat(), ...docsHits(query.q, query.limit)] };
}

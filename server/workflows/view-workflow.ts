import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { RunSummary } from '@/lib/runs/contract';
import type { WorkflowSummary, WorkflowView } from '@/lib/workflows/contract';
import { knownTableOf, namesTables } from '@/lib/workflows/problems/table-problems';
import type { Definition, Problem } from '@/lib/workflows/schema';
import { problemsIn } from '@/server/computation/problems';
import { knownConnections } from '@/server/connections/known-connections';
import { tableNames } from '@/server/data-tables/table-names';
import { poolNames } from '@/server/messages/pools/pool-names';
import { knownOperations } from '@/server/openapi/known-operations';
import { lastRuns } from '@/server/runs/reading/last-runs';
import type { Services } from '@/server/services';
import { definitionHash } from './definition-hash';
import { agentHandles, type WorkflowRow } from './store';

type Needs = Pick<Services, 'pool' | 'computation'>;

/** A row as lists show it. */
export function toSummary(
  row: WorkflowRow,
  nodeCount: number,
  runs: RunSummary[],
): WorkflowSummary {
  const { id, name, description, folder, tags, favourite, createdAt, updatedAt, liveVersion } = row;
  return {
    id,
    name,
    description,
    folder,
    tags,
    favourite,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    liveVersion,
    nodeCount,
    lastRuns: runs,
  };
}

/** A workflow with its draft, the draft's problems and the last runs. */
export async function viewWorkflow(
  services: Needs,
  actor: Pick<Actor, 'workspaceId'>,
  row: WorkflowRow,
  { definition, number }: { definition: Definition; number: number },
): Promise<WorkflowView> {
  const [runs, problems] = await Promise.all([
    lastRuns(services, actor, [row.id]),
    problemsOf(services, actor, definition, row.id),
  ]);
  return {
    ...toSummary(row, definition.nodes.length, runs.get(row.id) ?? []),
    definition,
    lastVersion: row.lastVersion,
    draftNumber: number,
    problems,
    ahead: row.liveHash !== definitionHash(definition),
  };
}

/** Handles of the agents that a workflow of this workspace can name. */
export const knownAgents = ({ pool }: Pick<Services, 'pool'>, workspaceId: string) =>
  agentHandles(pool, workspaceId);

/** What a person should know of a draft in this workspace. */
export async function problemsOf(
  services: Needs,
  actor: Pick<Actor, 'workspaceId'> & Partial<Pick<Actor, 'userId'>>,
  definition: Definition,
  workflowId: string,
): Promise<Problem[]> {
  const { workspaceId, userId } = actor;
  const [agents, connections, pools, operations, tables] = await Promise.all([
    agentHandles(services.pool, workspaceId),
    knownConnections(services, workspaceId),
    poolNames(services.pool, workspaceId),
    knownOperations(services, workspaceId, definition),
    namesTables(definition, catalogue) ? tableNames(services.pool, workspaceId) : undefined,
  ]);
  const known = {
    ...{ agents, connections, pools, services: operations, workflowId, userId },
    ...(tables === undefined ? {} : { tables: tables.map(knownTableOf) }),
  };
  return problemsIn(services, workspaceId, definition, known);
}

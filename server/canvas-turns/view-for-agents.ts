import { viewOf } from '@/lib/canvas-turns/view';
import { nodeGuide, usable } from '@/lib/from-words/model/node-guide';
import { problemLine } from '@/lib/from-words/model/question';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { knownAgents, problemsOf } from '@/server/workflows/view-workflow';

const maxProblems = 20;

/** A workflow as agents are told of it that are to change it: its steps, its problems, and what steps there can be. */
export async function viewForAgents(
  services: Pick<Services, 'pool' | 'drafts' | 'computation'>,
  actor: Pick<Actor, 'workspaceId'>,
  workflowId: string,
  selected: readonly string[],
): Promise<string> {
  const definition = await services.drafts.read(workflowId);
  const [problems, agents] = await Promise.all([
    problemsOf(services, actor, definition, workflowId),
    knownAgents(services, actor.workspaceId),
  ]);
  const keys = new Map(definition.nodes.map(({ id, key }) => [id, key]));
  return viewOf(definition, {
    ...{ agents, selected, guide: nodeGuide(catalogue, usable) },
    problems: problems.slice(0, maxProblems).map(({ nodeId, ...problem }) => {
      const key = nodeId === undefined ? undefined : (keys.get(nodeId) ?? nodeId);
      return problemLine({ ...problem, ...(key === undefined ? {} : { nodeId: key }) });
    }),
  });
}

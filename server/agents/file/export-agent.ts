import type { exportAgent as contract } from '@/lib/agents/file/contract';
import { agentFileFormat, agentFileVersion, type FileTool } from '@/lib/agents/file/schema';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { grantedTools } from '@/server/tools/find-tools';
import { getAgent } from '../get-agent';

/** An agent as a file that another workspace can take. Throws `not_found`. */
export async function exportAgent(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const agent = await getAgent(services, actor, { params, query: {}, body: undefined });
  const { handle, name, description, instructions, model, skills, limits } = agent;
  const granted = await grantedTools(services, actor.workspaceId, agent.tools);
  const byName = new Map(granted.map(({ tool }) => [tool.name, tool]));
  const tools = agent.tools.map((grant): FileTool => {
    const tool = byName.get(grant.name);
    return {
      ...{ name: grant.name, source: tool?.source ?? null },
      title: (tool?.title ?? grant.name).slice(0, 300),
      ...{ approval: grant.approval, connects: grant.connection !== undefined },
    };
  });
  const file = {
    ...({ format: agentFileFormat, version: agentFileVersion } as const),
    exportedAt: new Date().toISOString(),
    agent: { handle, name, description, instructions, model, skills, limits },
    tools,
  };
  return { ...file, sha256: hashOf(file) };
}

import type { Pool } from 'pg';
import { agentStatus } from '@/lib/agents/status';
import type { FoundAgent } from '@/lib/tools/define-tool';
import { at, listIn } from '@/lib/values/unknown';
import { liveWorkers } from '@/server/runs/reading/live-workers';
import { loadsOfAgents } from '@/server/tools/agent-tasks';

/** Agents whose name, handle or description holds all of these words, with what they can do and are doing. */
export async function findTeam(
  pool: Pool,
  workspaceId: string,
  words: string,
  limit: number,
): Promise<FoundAgent[]> {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const [{ rows }, loads, workers] = await Promise.all([
    pool.query<{ id: string; handle: string; name: string; description: string; tools: unknown }>(
      `select id, handle, name, description, tools from agent
       where workspace_id = $1 and concat_ws(' ', name, handle, description) ilike all ($2::text[])
       order by lower(name), id limit $3`,
      [workspaceId, patterns, limit],
    ),
    loadsOfAgents(pool, workspaceId),
    liveWorkers(pool),
  ]);
  const byId = new Map(loads.map((load) => [load.agentId, load]));
  return rows.map(({ id, tools, ...agent }) => ({
    ...agent,
    tools: listIn(tools).flatMap((grant) => {
      const name = at(grant, 'name');
      return typeof name === 'string' ? [name] : [];
    }),
    ...agentStatus(byId.get(id), workers),
  }));
}

import type { Pool } from 'pg';

export type AgentToChoose = {
  id: string;
  handle: string;
  name: string;
  skills: string[];
  model: unknown;
  tools: unknown;
  limits: unknown;
  maintenance: string | null;
};

/** Agents as a choice looks at them. */
export async function agentsToChoose(pool: Pool, workspaceId: string): Promise<AgentToChoose[]> {
  const { rows } = await pool.query<AgentToChoose>(
    `select id, handle, name, coalesce(skills, '{}') as skills, model, tools, limits, maintenance from agent
     where workspace_id = $1 order by handle limit 1000`,
    [workspaceId],
  );
  return rows;
}

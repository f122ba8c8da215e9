import type { Pool } from 'pg';
import type { ModelLimitView } from '@/lib/models/contract';

export type ProviderLimit = ModelLimitView & { provider: string };

/** The limits that a workspace set, those of a whole provider first. */
export async function listLimits(pool: Pool, workspaceId: string): Promise<ProviderLimit[]> {
  const { rows } = await pool.query<ProviderLimit>(
    `select provider, model, requests_per_minute as "requestsPerMinute",
       tokens_per_minute as "tokensPerMinute", at_once as "atOnce"
     from model_limit where workspace_id = $1 order by provider, model <> '*', model`,
    [workspaceId],
  );
  return rows;
}

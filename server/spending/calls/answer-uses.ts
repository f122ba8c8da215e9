import type { Pool } from 'pg';
import { usdOf } from '@/lib/spending/pico';

export const usesDays = 30;

/** How often the answer cache and the providers' own caches helped lately, and what the first one saved. */
export async function answerUsesOf(pool: Pool, workspaceId: string) {
  const { rows } = await pool.query<{
    calls: number;
    hits: number;
    saved: string;
    input: string;
    read: string;
  }>(
    `select count(*) filter (where c.answer_cache in ('hit', 'miss'))::int as calls,
       count(*) filter (where c.answer_cache = 'hit')::int as hits,
       coalesce(sum(first.cost_pico), 0)::text as saved,
       coalesce(sum(c.input_tokens), 0)::text as input, coalesce(sum(c.cache_read_tokens), 0)::text as read
     from model_call c left join model_call first on first.id = c.cached_from and first.workspace_id = $1
     where c.workspace_id = $1 and c.mode = 'live' and c.provider <> 'rehearsal'
       and c.started_at > now() - interval '${usesDays} days'`,
    [workspaceId],
  );
  const { calls = 0, hits = 0, saved = '0', input = '0', read = '0' } = rows[0] ?? {};
  return {
    ...{ calls, hits, savedUsd: usdOf(BigInt(saved)) },
    ...{ inputTokens: Number(input), providerCacheTokens: Number(read) },
  };
}

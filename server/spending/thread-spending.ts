import type { Actor } from '@/lib/people/schema';
import { usdOf } from '@/lib/spending/pico';
import type { Services } from '@/server/services';

/** What the runs of a chat have cost, with all that they started. */
export async function spendingOf(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  threadId: string,
): Promise<{ usd: string; runs: number }> {
  const { rows } = await pool.query<{ pico: string; runs: number }>(
    `select coalesce(sum(cost_pico), 0)::bigint as pico, count(*)::int as runs from run
     where workspace_id = $1 and thread_id = $2 and parent_run_id is null`,
    [workspaceId, threadId],
  );
  return { usd: usdOf(BigInt(rows[0]?.pico ?? 0)), runs: rows[0]?.runs ?? 0 };
}

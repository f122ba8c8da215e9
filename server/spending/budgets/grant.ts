import type { PoolClient } from 'pg';
import type { Breached } from '@/lib/spending/breach';
import type { Pico } from '@/lib/spending/pico';

/**
 * Grants more than the caps of budgets, for the windows in which they were breached. Under one key it is granted once,
 * however many answer at the same time. Answers whether this call did.
 */
export async function grantMore(
  client: PoolClient,
  breached: readonly Breached[],
  {
    pico,
    key,
    userId,
    workspaceId,
  }: { pico: Pico; key: string; userId: string; workspaceId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `with asked as (
       select g.* from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as g(budget, subject, starts)
       join budget b on b.id = g.budget and b.workspace_id = $7
     ), granted as (
       insert into budget_grant (budget_id, subject, starts_at, key, pico, granted_by)
       select budget, subject, starts, $4, $5, $6 from asked
       on conflict do nothing returning budget_id, subject, starts_at
     )
     update budget_period p set extra_pico = p.extra_pico + $5, soft_passed_at = null from granted g
     where p.budget_id = g.budget_id and p.subject = g.subject and p.starts_at = g.starts_at`,
    [
      breached.map(({ id }) => id),
      breached.map(({ subject }) => subject),
      breached.map(({ startsAt }) => startsAt),
      key,
      pico,
      userId,
      workspaceId,
    ],
  );
  return (rowCount ?? 0) > 0;
}

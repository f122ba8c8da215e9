import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { spendingByDay as contract } from '@/lib/spending/contract';
import { numberOf } from '@/lib/spending/pico';
import type { Services } from '@/server/services';
import { realCalls } from './real-calls';

/** What calls of real models cost the workspace on each of the last 30 days of a time zone, today last. */
export async function spendingByDay(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query: { timeZone } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { rows } = await pool.query<{ day: string; pico: string; calls: number }>(
    `with today as (select (now() at time zone $2)::date as day),
     spent as (
       select (c.started_at at time zone $2)::date as day, sum(c.cost_pico) as pico, count(*)::int as calls
       from model_call c, today t
       where c.workspace_id = $1 and c.started_at >= (t.day - 29)::timestamp at time zone $2
         and ${realCalls} group by 1
     )
     select to_char(t.day - n, 'YYYY-MM-DD') as day, coalesce(s.pico, 0)::text as pico, coalesce(s.calls, 0) as calls
     from today t cross join generate_series(0, 29) as n left join spent s on s.day = t.day - n
     order by n desc`,
    [workspaceId, timeZone],
  );
  return {
    items: rows.map(({ day, pico, calls }) => ({ day, calls, costUsd: numberOf(BigInt(pico)) })),
  };
}

import type { PoolClient } from 'pg';
import { windowStart } from './store';

/**
 * Begins the current window of a budget for the subjects that spent in it before the budget was made, so that they are
 * shown and count. Calls under way count as what they may cost.
 */
export async function openPeriods(client: PoolClient, budgetId: string): Promise<void> {
  await client.query(
    `insert into budget_period (budget_id, subject, starts_at, spent_pico)
     select b.id, s.subject, ${windowStart}, sum(case when c.state = 'held' then c.held_pico else c.cost_pico end)
     from budget b join model_call c on c.workspace_id = b.workspace_id and c.started_at >= ${windowStart}
     cross join lateral (
       select c.workspace_id as subject where b.scope = 'workspace'
       union all select c.root_run_id::text where b.scope = 'run'
       union all select w::text from unnest(c.workflow_ids) as w where b.scope = 'workflow'
       union all select c.agent_id::text where b.scope = 'agent' and c.agent_id is not null
       union all select c.person_id where b.scope = 'person' and c.person_id is not null
     ) s
     where b.id = $1 and (b.scope_id is null or b.scope_id = s.subject)
       and (b.scope <> 'run' or c.started_at > now() - interval '1 day')
     group by b.id, s.subject
     having sum(case when c.state = 'held' then c.held_pico else c.cost_pico end) > 0
     on conflict do nothing`,
    [budgetId],
  );
}

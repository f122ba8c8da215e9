import type { Pool, PoolClient } from 'pg';
import type { Breached } from '@/lib/spending/breach';
import { usdOf } from '@/lib/spending/pico';
import { type Pot, roomFor } from '@/lib/spending/room';
import type { BreachAction, BudgetScope, BudgetWindow } from '@/lib/spending/schema';
import { transaction } from '@/server/db/transaction';
import { windowStart } from '../budgets/store';
import type { Held, NewCall } from './call';
import { insertHeld } from './rows';

/** A budget that a call counts in, for which subject and from when on. */
type Duty = {
  id: string;
  scope: BudgetScope;
  resets: BudgetWindow;
  on_breach: BreachAction;
  cap_pico: string;
  subject: string;
  starts_at: Date;
};
type Period = Duty & { spent_pico: string; held_pico: string; extra_pico: string };

/**
 * Holds the most that a call may cost in each budget that it counts in, all or none, and writes the call. The rows
 * are locked in one order, so that any number of calls at once hold no more than there is. Nothing is written when
 * there is no room.
 */
export async function holdCall(pool: Pool, call: NewCall): Promise<Held> {
  const duties = await dutiesOf(pool, call);
  if (duties.length === 0) return free(pool, call);
  const { price } = call;
  if (price === undefined) {
    return { ok: false, busy: false, needed: 0n, unpriced: true, breached: [] };
  }
  return transaction(pool, async (client): Promise<Held> => {
    const periods = await lockPeriods(client, call, await keepDuties(client, duties));
    if (periods.length === 0) return free(client, call);
    const room = roomFor(periods.map(potOf), price, call);
    if (!room.fits) {
      if (room.busy) return { ok: false, busy: true };
      const { needed } = room;
      const breached = periods.filter((each) => !roomFor([potOf(each)], price, call).fits);
      return { ok: false, busy: false, needed, unpriced: false, breached: breached.map(breachOf) };
    }
    await insertHeld(client, call, room.hold, room.maxTokens);
    await client.query(
      `with charged as (
         insert into budget_charge (call_id, budget_id, subject, starts_at, held_pico)
         select $1, g.budget, g.subject, g.starts, $5
         from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as g(budget, subject, starts)
       )
       update budget_period p set held_pico = p.held_pico + $5
       from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as g(budget, subject, starts)
       where p.budget_id = g.budget and p.subject = g.subject and p.starts_at = g.starts`,
      [call.id, ...keysOf(periods), room.hold],
    );
    return { ok: true, maxTokens: room.maxTokens, limited: room.limited };
  });
}

/** No budget counts: the call is on record and nothing is held. */
async function free(db: Pool | PoolClient, call: NewCall): Promise<Held> {
  const maxTokens = call.asked ? call.want : undefined;
  await insertHeld(db, call, 0n, maxTokens);
  return { ok: true, maxTokens, limited: false };
}

/** The budgets that are still there, with the caps of now. None of them is deleted until this transaction ends. */
async function keepDuties(client: PoolClient, duties: readonly Duty[]): Promise<Duty[]> {
  const { rows } = await client.query<Pick<Duty, 'id' | 'cap_pico' | 'on_breach'>>(
    `select id, cap_pico, on_breach from budget where id = any($1::uuid[]) order by id for key share`,
    [duties.map(({ id }) => id)],
  );
  const now = new Map(rows.map((row) => [row.id, row]));
  return duties.flatMap((duty) => {
    const row = now.get(duty.id);
    return row === undefined ? [] : [{ ...duty, ...row }];
  });
}

/** Budgets that a call counts in, now. */
async function dutiesOf(db: Pool | PoolClient, call: NewCall): Promise<Duty[]> {
  const { rows } = await db.query<Duty>(
    `select b.id, b.scope, b.resets, b.on_breach, b.cap_pico, s.subject,
       ${windowStart} as starts_at
     from budget b cross join lateral (
       select $1::text as subject where b.scope = 'workspace'
       union all select $2::text where b.scope = 'run'
       union all select w from unnest($3::text[]) as w where b.scope = 'workflow'
       union all select $4::text where b.scope = 'agent' and $4::text is not null
       union all select $5::text where b.scope = 'person' and $5::text is not null
     ) s
     where b.workspace_id = $1 and (b.scope_id is null or b.scope_id = s.subject)
     order by b.id, s.subject`,
    [call.workspaceId, call.rootRunId, call.workflowIds, call.agentId ?? null, call.personId],
  );
  return rows;
}

/**
 * The windows of the budgets, locked. One that begins counts what its subject spent since, also before the budget was
 * made; calls under way then count as what they may cost.
 */
async function lockPeriods(client: PoolClient, call: NewCall, duties: Duty[]): Promise<Period[]> {
  const keys = keysOf(duties);
  const scopes = duties.map(({ scope }) => scope);
  await client.query(
    `insert into budget_period (budget_id, subject, starts_at, spent_pico)
     select g.budget, g.subject, g.starts, coalesce((
       select sum(case when c.state = 'held' then c.held_pico else c.cost_pico end) from model_call c
       where c.workspace_id = $5 and c.started_at >= g.starts and case g.scope
         when 'workspace' then true
         when 'run' then c.root_run_id::text = g.subject
         when 'workflow' then g.subject = any(c.workflow_ids::text[])
         when 'agent' then c.agent_id::text = g.subject
         else c.person_id = g.subject end), 0)
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as g(budget, subject, starts, scope)
     where not exists (select from budget_period p
       where p.budget_id = g.budget and p.subject = g.subject and p.starts_at = g.starts)
     on conflict do nothing`,
    [...keys, scopes, call.workspaceId],
  );
  const { rows } = await client.query<Omit<Period, keyof Duty> & { id: string; subject: string }>(
    `select p.budget_id as id, p.subject, p.spent_pico, p.held_pico, p.extra_pico from budget_period p
     join unnest($1::uuid[], $2::text[], $3::timestamptz[]) as g(budget, subject, starts)
       on p.budget_id = g.budget and p.subject = g.subject and p.starts_at = g.starts
     order by p.budget_id, p.subject for update of p`,
    keys,
  );
  return duties.flatMap((duty) => {
    const row = rows.find(({ id, subject }) => id === duty.id && subject === duty.subject);
    return row === undefined ? [] : [{ ...duty, ...row }];
  });
}

const keysOf = (duties: readonly Duty[]) => [
  duties.map(({ id }) => id),
  duties.map(({ subject }) => subject),
  duties.map(({ starts_at }) => starts_at),
];

const potOf = (period: Period): Pot => ({
  cap: BigInt(period.cap_pico) + BigInt(period.extra_pico),
  spent: BigInt(period.spent_pico),
  held: BigInt(period.held_pico),
});

function breachOf(period: Period): Breached {
  const { cap, spent, held } = potOf(period);
  return {
    id: period.id,
    scope: period.scope,
    subject: period.subject,
    window: period.resets,
    startsAt: period.starts_at.toISOString(),
    capUsd: usdOf(cap),
    spentUsd: usdOf(spent),
    heldUsd: usdOf(held),
    onBreach: period.on_breach,
  };
}

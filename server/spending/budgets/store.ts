import type { Pool, PoolClient } from 'pg';
import type { Budget } from '@/lib/spending/contract';
import { usdOf } from '@/lib/spending/pico';
import type { BreachAction, BudgetScope, BudgetWindow } from '@/lib/spending/schema';

type Db = Pool | PoolClient;

export type BudgetRow = {
  id: string;
  scope: BudgetScope;
  scope_id: string | null;
  scope_name: string | null;
  resets: BudgetWindow;
  time_zone: string;
  cap_pico: string;
  soft_at: number;
  on_breach: BreachAction;
  created_at: Date;
  updated_at: Date;
  spent_pico: string | null;
  held_pico: string | null;
};

/** The beginning of the current window of a budget `b`. */
export const windowStart = `case b.resets when 'none' then to_timestamp(0)
  else date_trunc(b.resets, now() at time zone b.time_zone) at time zone b.time_zone end`;

/** What a subject is called: `scope` and `subject` are SQL expressions. */
export const nameOf = (scope: string, subject: string) => `case ${scope}
  when 'workflow' then (select w.name from workflow w where w.id::text = ${subject} and w.workspace_id = b.workspace_id)
  when 'agent' then (select a.name from agent a where a.id::text = ${subject} and a.workspace_id = b.workspace_id)
  when 'run' then (select r.name from run r where r.id::text = ${subject} and r.workspace_id = b.workspace_id)
  when 'person' then (select u.name from "user" u where u.id = ${subject})
  end`;

/** Budgets with what the subject that has used most of each has spent in the current window. */
export async function readBudgets(db: Db, workspaceId: string, id?: string): Promise<BudgetRow[]> {
  const { rows } = await db.query<BudgetRow>(
    `select b.*, ${nameOf('b.scope', 'b.scope_id')} as scope_name, top.spent_pico, top.held_pico
     from budget b left join lateral (
       select p.spent_pico, p.held_pico from budget_period p
       where p.budget_id = b.id and p.starts_at = ${windowStart}
       order by p.spent_pico + p.held_pico desc limit 1
     ) top on true
     where b.workspace_id = $1 and ($2::uuid is null or b.id = $2)
     order by array_position(array['workspace','person','agent','workflow','run'], b.scope), b.created_at, b.id`,
    [workspaceId, id ?? null],
  );
  return rows;
}

const each: Record<BudgetScope, string> = {
  workspace: 'The workspace',
  person: 'Each person',
  agent: 'Each agent',
  workflow: 'Each workflow',
  run: 'Each run',
};

export function viewBudget(row: BudgetRow): Budget {
  return {
    id: row.id,
    scope: row.scope,
    scopeId: row.scope_id,
    scopeName:
      row.scope === 'workspace' || row.scope_id === null
        ? each[row.scope]
        : (row.scope_name ?? 'No longer there'),
    window: row.resets,
    timeZone: row.time_zone,
    capUsd: usdOf(BigInt(row.cap_pico)),
    softAt: row.soft_at,
    onBreach: row.on_breach,
    spentUsd: usdOf(BigInt(row.spent_pico ?? 0)),
    heldUsd: usdOf(BigInt(row.held_pico ?? 0)),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

import type { Pool, PoolClient } from 'pg';
import type { Pico } from '@/lib/spending/pico';
import type { BudgetScope, BudgetWindow } from '@/lib/spending/schema';
import { softMarkText } from '@/lib/spending/soft-mark';
import { transaction } from '@/server/db/transaction';
import { notifyBudget } from '@/server/notifications/notify-budget';
import type { CallEnd } from './call';
import { endColumns } from './rows';

/** A budget whose soft mark was passed by what was just spent, and who was notified of it. */
export type SoftPassed = { budgetId: string; notified: string[] };

/**
 * Books what a call cost, once: a second time changes nothing. A call that counted as lost is booked at its true cost.
 * Answers with the budgets whose soft mark it passed.
 */
export async function settleCall(pool: Pool, id: string, end: CallEnd): Promise<SoftPassed[]> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ state: string; held: boolean }>(
      `select state, held_pico > 0 as held from model_call where id = $1 and state in ('held', 'lost') for update`,
      [id],
    );
    const before = rows[0];
    if (before === undefined) return [];
    await client.query(
      `update model_call set state = $2, cost_pico = $3, input_tokens = $4, output_tokens = $5,
         cache_read_tokens = $6, cache_write_tokens = $7, reasoning_tokens = $8, estimated = $9, finish = $10,
         error_code = $11, output_bytes = $12, first_part_ms = $13, duration_ms = $14, hold_until = null
       where id = $1`,
      [id, ...endColumns(end)],
    );
    return before.held ? book(client, id, end.cost) : [];
  });
}

/** Moves a call from held to spent in each of its budgets; what was booked for it before is taken back. */
export async function book(client: PoolClient, id: string, cost: Pico): Promise<SoftPassed[]> {
  const { rows } = await client.query<PassedRow>(
    `with mine as (
       select p.budget_id, p.subject, p.starts_at, c.held_pico as held, c.spent_pico as spent
       from budget_charge c join budget_period p
         on p.budget_id = c.budget_id and p.subject = c.subject and p.starts_at = c.starts_at
       where c.call_id = $1 order by p.budget_id, p.subject for update of p
     ), charged as (
       update budget_charge c set held_pico = 0, spent_pico = $2 where c.call_id = $1
     ), booked as (
       update budget_period p set held_pico = p.held_pico - m.held, spent_pico = p.spent_pico - m.spent + $2
       from mine m where p.budget_id = m.budget_id and p.subject = m.subject and p.starts_at = m.starts_at
       returning p.budget_id, p.subject, p.starts_at, p.spent_pico, p.extra_pico, p.soft_passed_at
     )
     select w.budget_id, w.subject, w.spent_pico as spent, b.cap_pico + w.extra_pico as cap, b.workspace_id, b.scope,
       b.resets as window from booked w join budget b on b.id = w.budget_id
     where w.soft_passed_at is null and w.spent_pico::numeric * 100 >= (b.cap_pico + w.extra_pico)::numeric * b.soft_at`,
    [id, cost],
  );
  if (rows.length === 0) return [];
  await client.query(
    `update budget_period p set soft_passed_at = now() from budget_charge c
     where c.call_id = $1 and c.budget_id = any($2::uuid[])
       and p.budget_id = c.budget_id and p.subject = c.subject and p.starts_at = c.starts_at`,
    [id, rows.map((row) => row.budget_id)],
  );
  return Promise.all(rows.map((row) => tellOf(client, row)));
}

type PassedRow = {
  budget_id: string;
  subject: string;
  workspace_id: string;
  scope: BudgetScope;
  window: BudgetWindow;
  spent: string;
  cap: string;
};

/** Runs come and go with a budget each: their mark shows on their page alone. */
async function tellOf(client: PoolClient, row: PassedRow): Promise<SoftPassed> {
  const { budget_id: budgetId, workspace_id: workspaceId, scope, window } = row;
  if (scope === 'run') return { budgetId, notified: [] };
  const text = softMarkText({ scope, window, spent: BigInt(row.spent), cap: BigInt(row.cap) });
  const person = scope === 'person' ? { person: row.subject } : {};
  return {
    budgetId,
    notified: await notifyBudget(client, { workspaceId, budgetId, text, ...person }),
  };
}

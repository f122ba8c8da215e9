import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listBudgetEntries as contract } from '@/lib/spending/contract';
import { usdOf } from '@/lib/spending/pico';
import type { Services } from '@/server/services';
import { requireBudget } from '../budgets/require-budget';
import { callRowSchema } from './view';

type Charge = { subject: string; starts_at: Date; charged_held: string; charged_spent: string };

/** Calls that count in a budget since it was made, newest first. Throws `not_found`. */
export async function listBudgetEntries(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await requireBudget(pool, workspaceId, params.id);
  const before = readCursor(query.cursor);
  const { rows } = await pool.query<Charge>(
    `select c.*, h.subject, h.starts_at, h.held_pico as charged_held, h.spent_pico as charged_spent
     from budget_charge h join model_call c on c.id = h.call_id
     where h.budget_id = $1 and c.workspace_id = $2
       and ($3::timestamptz is null or (c.started_at, c.id) < ($3, $4::uuid))
     order by c.started_at desc, c.id desc limit $5`,
    [params.id, workspaceId, before?.at ?? null, before?.id ?? null, query.limit + 1],
  );
  const items = rows.slice(0, query.limit).map((row) => ({
    call: callRowSchema.parse(row),
    subject: row.subject,
    startsAt: row.starts_at.toISOString(),
    heldUsd: usdOf(BigInt(row.charged_held)),
    spentUsd: usdOf(BigInt(row.charged_spent)),
  }));
  const last = rows.length > query.limit ? items.at(-1)?.call : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.startedAt, id: last.id }) } : {}),
  };
}

import type { Pool } from 'pg';
import { transaction } from '@/server/db/transaction';
import { book } from './settle';

/** Facts of calls are kept for so many days. */
const keptDays = 400;
const batch = 100;

/**
 * Calls whose process ended before it could tell what they cost count as what was held: the vendor may have billed all
 * of it. Answers with how many there were.
 */
export async function sweepCalls(pool: Pool): Promise<number> {
  let swept = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from model_call where state = 'held' and hold_until < now() limit ${batch}`,
    );
    for (const { id } of rows) swept += await lose(pool, id);
    if (rows.length < batch) return swept;
  }
}

const lose = (pool: Pool, id: string) =>
  transaction(pool, async (client) => {
    const { rows } = await client.query<{ held_pico: string }>(
      `update model_call set state = 'lost', cost_pico = held_pico, hold_until = null
       where id = $1 and state = 'held' returning held_pico`,
      [id],
    );
    const lost = rows[0];
    if (lost === undefined) return 0;
    await book(client, id, BigInt(lost.held_pico));
    return 1;
  });

/** Forgets calls that are older than they are kept, and their charges. */
export async function forgetCalls(pool: Pool): Promise<void> {
  await pool.query(
    `with old as (
       delete from model_call where started_at < now() - ${keptDays} * interval '1 day' returning id
     ) delete from budget_charge c using old where c.call_id = old.id`,
  );
}

import type { Pool } from 'pg';
import { keptEvents } from './limits';

/** Forgets events, and receipts of them, that are no longer kept. Answers with how many. */
export async function forgetEvents(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from sent_event s where sent_at <= clock_timestamp() - interval '${keptEvents.hours} hours'
     and not exists (select 1 from event_claim c where c.event_id = s.id)`,
  );
  return rowCount ?? 0;
}

import type { Pool } from 'pg';
import { type HookSample, listeningMinutes, sampleSchema } from '@/lib/triggers/listening';

/** Waits for the next request of a webhook, anew where somebody did already. */
export async function listen(pool: Pool, triggerId: string): Promise<Date> {
  const { rows } = await pool.query<{ until: Date }>(
    `insert into trigger_listening (trigger_id, until) values ($1, now() + make_interval(mins => $2))
     on conflict (trigger_id) do update set until = excluded.until, request = null, at = null
     returning until`,
    [triggerId, listeningMinutes],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('nobody listens');
  return row.until;
}

/** No longer; what came is forgotten, too. */
export async function stopListening(pool: Pool, triggerId: string): Promise<void> {
  await pool.query('delete from trigger_listening where trigger_id = $1', [triggerId]);
}

export type Listening = { until: Date; request: HookSample | null };

/** What somebody waits for, and the request once it came; undefined when nobody waits, or the time is over. */
export async function listeningOf(pool: Pool, triggerId: string): Promise<Listening | undefined> {
  const { rows } = await pool.query<{ until: Date; request: unknown }>(
    'select until, request from trigger_listening where trigger_id = $1 and until > now()',
    [triggerId],
  );
  const [row] = rows;
  return row && { until: row.until, request: sampleSchema.nullable().parse(row.request) };
}

/** Keeps the request for who waits for it; false where another one was first, or nobody waits any more. */
export async function keepSample(
  pool: Pool,
  triggerId: string,
  request: HookSample,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update trigger_listening set request = $2, at = now()
     where trigger_id = $1 and request is null and until > now()`,
    [triggerId, JSON.stringify(request)],
  );
  return rowCount === 1;
}

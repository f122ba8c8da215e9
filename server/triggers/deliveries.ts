import type { Pool } from 'pg';
import type { Outcome } from '@/lib/triggers/schema';
import type { Services } from '@/server/services';
import { maxDeliveries } from './store';

/** What came of a due time or a request. */
export type Result = { outcome: Outcome; runId?: string; note?: string };

type Needs = Pick<Services, 'pool' | 'log'>;

/**
 * Notes what came of a webhook's request, and which run it started. Never throws: the run began, whatever becomes of
 * the note, and who asked must hear of the run.
 */
export async function noteDelivery(
  services: Needs,
  triggerId: string,
  result: Result,
): Promise<void> {
  try {
    await insertDelivery(services.pool, triggerId, result);
    await forgetDeliveries(services.pool, triggerId);
  } catch (error) {
    services.log.warn({ err: error, triggerId }, 'a delivery could not be noted');
  }
}

async function insertDelivery(
  pool: Pool,
  triggerId: string,
  { outcome, runId, note = '' }: Result,
): Promise<void> {
  await pool.query(
    `with noted as (
       insert into trigger_delivery (trigger_id, outcome, run_id, note) values ($1, $2, $3, $4)
     )
     update trigger set last_run_id = $3, last_at = now() where id = $1 and $2 = 'started'`,
    [triggerId, outcome, runId ?? null, note.slice(0, 500)],
  );
}

/** When this process last noted that a webhook refused somebody; strangers must not make it write all the time. */
const refusedAt = new Map<string, number>();
const quietMs = 200;
const maxKnown = 1_000;

/** Notes why a request was refused that anybody may have sent; not each of many. */
export async function noteRefused(services: Needs, triggerId: string, note: string): Promise<void> {
  const now = performance.now();
  if (now - (refusedAt.get(triggerId) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
  if (refusedAt.size >= maxKnown) refusedAt.clear();
  refusedAt.set(triggerId, now);
  await noteDelivery(services, triggerId, { outcome: 'refused', note });
}

/**
 * Keeps the newest; those that were refused have a place of their own, so that strangers cannot push out the rest.
 * Rows that somebody else deletes at the same moment are left to them: nobody waits for anybody, in any order.
 */
export async function forgetDeliveries(pool: Pool, triggerId: string): Promise<void> {
  await pool.query(
    `delete from trigger_delivery where id in (
       select d.id from trigger_delivery d join (
         select id, row_number() over (partition by outcome = 'refused' order by id desc) as place
         from trigger_delivery where trigger_id = $1) ranked on ranked.id = d.id
       where ranked.place > $2 order by d.id for update of d skip locked)`,
    [triggerId, maxDeliveries / 2],
  );
}

import type { Pool } from 'pg';
import { errorTable, isAppError } from '@/lib/api/errors';
import { decideDue } from '@/lib/triggers/due';
import type { ScheduleConfig } from '@/lib/triggers/schema';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { forgetDeliveries, type Result } from './deliveries';

/** A schedule whose time has come, as it stood at `now` on the database's clock. */
export type DueRow = {
  id: string;
  workspaceId: string;
  workflowId: string;
  config: ScheduleConfig;
  nextAt: Date;
  now: Date;
  busy: boolean;
  lastEnded: Date | null;
};

type Needs = Pick<Services, 'pool' | 'engine' | 'bus' | 'log'>;
type Start = typeof startTriggered;

/** Schedules that are due, longest waiting first, `except` for some; without those that wait for their run to end. */
export async function dueSchedules(
  pool: Pool,
  most: number,
  except: readonly string[] = [],
): Promise<DueRow[]> {
  const { rows } = await pool.query<DueRow>(
    `select t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.config, t.next_at as "nextAt",
       clock_timestamp() as now, r.id is not null and r.finished_at is null as busy, r.finished_at as "lastEnded"
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
       left join run r on r.id = t.last_run_id
     where t.enabled and t.next_at <= now() and t.kind = 'schedule'
       and not (t.config ->> 'overlap' = 'wait' and r.id is not null and r.finished_at is null)
       and t.id <> all($2::uuid[])
     order by t.next_at limit $1`,
    [most, except],
  );
  return rows;
}

/**
 * Does what a due schedule's policies say, once across all processes: the run is started under a key of its due time
 * first, then the row moves on, if nobody moved it meanwhile. Whoever dies between the two leaves the row due, and the
 * next one finds the same run under the same key. Resolves to whether this call moved the row on.
 */
export async function fireSchedule(
  services: Needs,
  row: DueRow,
  start: Start = startTriggered,
): Promise<boolean> {
  const { config, nextAt, now, busy, lastEnded } = row;
  const decision = decideDue({
    config,
    due: nextAt.getTime(),
    now: now.getTime(),
    busy,
    ...(lastEnded === null ? {} : { lastEnded: lastEnded.getTime() }),
  });
  if (decision.act === 'move') return moveOn(services, row, decision.next, undefined);
  const result: Result =
    decision.act === 'skip'
      ? { outcome: 'skipped', note: decision.why }
      : await startOnce(services, row, start);
  return moveOn(services, row, decision.next, result);
}

async function startOnce(services: Needs, row: DueRow, start: Start): Promise<Result> {
  const due = row.nextAt.toISOString();
  const key = `trigger:${row.id}:${due}`;
  try {
    const { id } = await start(services, {
      workspaceId: row.workspaceId,
      workflowId: row.workflowId,
      trigger: 'schedule',
      input: () => row.config.input,
      once: { key, requestHash: key },
    });
    return { outcome: 'started', runId: id };
  } catch (error) {
    // What cannot succeed later must not hold the schedule up.
    if (!isAppError(error) || errorTable[error.code].retryable) throw error;
    return { outcome: 'failed', note: error.message };
  }
}

async function moveOn(
  { pool, bus }: Needs,
  row: DueRow,
  next: number | null,
  result: Result | undefined,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with moved as (
       update trigger set next_at = $3,
         last_run_id = coalesce($5::uuid, last_run_id),
         last_at = case when $5::uuid is null then last_at else now() end
       where id = $1 and next_at = $2 returning id
     ), noted as (
       insert into trigger_delivery (trigger_id, outcome, run_id, note)
       select id, $4, $5::uuid, $6 from moved where $4::text is not null
     )
     select id from moved`,
    [
      row.id,
      row.nextAt,
      next === null ? null : new Date(next),
      result?.outcome ?? null,
      result?.runId ?? null,
      (result?.note ?? '').slice(0, 500),
    ],
  );
  if (rowCount !== 1) return false;
  bus.publish(`workspace:${row.workspaceId}`, { kind: 'trigger', id: row.id });
  // What cannot be tidied up now is tidied up with the next.
  if (result) await forgetDeliveries(pool, row.id).catch(() => undefined);
  return true;
}

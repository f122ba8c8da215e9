import type { Pool } from 'pg';
import { isEnded } from '@/lib/runs/engine/readiness';
import { toSnapshot } from '@/lib/runs/plan';
import { forgetStatuses } from '@/server/agents/status/keep-statuses';
import { forgetVisits } from '@/server/chat/visitors/forget-visits';
import { forgetTableWrites } from '@/server/data-tables/forget-writes';
import { forgetEvents } from '@/server/events/forget-events';
import { countAllTasks } from '@/server/experiments/count-tasks';
import { forgetExperiments } from '@/server/experiments/forget-experiments';
import { forgetSentFiles } from '@/server/files/keep-sent-files';
import { forgetUploads } from '@/server/files/uploads/forget-uploads';
import { forgetKeys } from '@/server/idempotency/answer-once';
import { sweepMemory } from '@/server/memory/history/sweep-memory';
import { forgetMessages } from '@/server/messages/sweep-messages';
import { forgetAnswers } from '@/server/models/answers/forget-answers';
import { forgetDeliveries } from '@/server/notifications/deliveries/forget-deliveries';
import { readRun } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';
import { forgetCalls, sweepCalls } from '@/server/spending/ledger/sweep';
import { forgetListening } from '@/server/triggers/hooks/forget-listening';

export type Retention = {
  /** After so many days the journal of a run that is over is folded into its last state. */
  foldDays: number;
  /** After so many days a run that is over is deleted, with all that its steps started. */
  keepDays: number;
};

/** Any number that nobody else locks by. */
const lock = 515_047_002;
const batch = 200;
const everyMs = 10 * 60_000;

/**
 * Folds journals and deletes runs whose time is over, and forgets cached outputs, a batch at a time; only one process
 * does it at any moment. Answers with how many runs it touched.
 */
export async function tidyRuns(pool: Pool, { foldDays, keepDays }: Retention) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1) as mine',
      [lock],
    );
    if (rows[0]?.mine !== true) return { folded: 0, deleted: 0, broken: [] };
    try {
      const deleted = await deleteOld(pool, keepDays);
      const folded = await foldOld(pool, foldDays);
      await pool.query('delete from step_cache where expires_at < now()');
      await forgetEvents(pool);
      await forgetSentFiles(pool);
      await forgetUploads(pool);
      await forgetTableWrites(pool, keepDays);
      await forgetMessages(pool, keepDays);
      await forgetStatuses(pool, keepDays);
      const broken = await sweepMemory(pool, keepDays);
      await forgetListening(pool);
      await sweepCalls(pool);
      await countAllTasks(pool);
      await forgetExperiments(pool, keepDays);
      await forgetCalls(pool);
      await forgetAnswers(pool);
      await forgetVisits(pool, keepDays);
      await forgetKeys(pool);
      await forgetDeliveries(pool, keepDays);
      await closeNotifications(pool);
      return { folded, deleted, broken };
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock]);
    }
  } finally {
    client.release();
  }
}

/**
 * Marks notifications as read that ask for an answer to a step that no longer waits: who answered may have died before
 * they were closed, and a run that ended otherwise closes none. A notification is written before its step waits, so those
 * of leased steps stay.
 */
async function closeNotifications(pool: Pool): Promise<void> {
  await pool.query(
    `update notification n set read_at = now(), subject = n.subject || '{"answered": true}'
     where n.kind = 'asked' and n.read_at is null
     and n.created_at < now() - interval '1 minute' and not exists (
       select from run r where r.id = (n.subject ->> 'runId')::uuid and r.finished_at is null and exists (
         select from run_event e where e.run_id = r.id and e.type = 'StepWaiting'
           and e.data ->> 'stepId' = n.subject ->> 'stepId' and not exists (
             select from run_event later where later.run_id = r.id and later.seq > e.seq
               and later.type in ('StepSucceeded', 'StepFailed', 'StepCancelled')
               and later.data ->> 'stepId' = e.data ->> 'stepId')))
     and not exists (
       select from run r, json_array_elements(r.held) h
       where r.id = (n.subject ->> 'runId')::uuid and h ->> 1 = n.subject ->> 'stepId')`,
  );
}

async function deleteOld(pool: Pool, days: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `with old as (
         select id from run where parent_run_id is null and finished_at < now() - $1 * interval '1 day'
           and wake_at is null limit $2
       ) delete from run where id in (select id from old) or root_run_id in (select id from old)`,
      [days, batch],
    );
    deleted += rowCount ?? 0;
    if (rowCount === 0) return deleted;
  }
}

async function foldOld(pool: Pool, days: number): Promise<number> {
  let folded = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from run where finished_at < now() - $1 * interval '1 day' and snapshot_seq < seq
         and wake_at is null limit $2`,
      [days, batch],
    );
    for (const { id } of rows) await fold(pool, id);
    folded += rows.length;
    if (rows.length < batch) return folded;
  }
}

async function fold(pool: Pool, id: string): Promise<void> {
  const run = await readRun(pool, id);
  if (run === undefined || !isEnded(run.state.status)) return;
  await pool.query(
    `with folded as (
       update run set snapshot = $2, snapshot_seq = seq where id = $1 and seq = $3 returning id
     ) delete from run_event e using folded f where e.run_id = f.id`,
    [id, JSON.stringify(toSnapshot(run.state)), run.state.seq],
  );
}

/** Tidies again and again, from a while after the start on, until it is stopped. */
export function startJanitor({ pool, config, log }: Pick<Services, 'pool' | 'config' | 'log'>) {
  const tidy = () => {
    tidyRuns(pool, config.retention)
      .then((done) => {
        const { broken, ...runs } = done;
        if (runs.folded + runs.deleted > 0) log.info(runs, 'old runs were folded or deleted');
        if (broken.length > 0) log.error({ broken }, 'versions of memory are not what was written');
      })
      .catch((error: unknown) => log.warn({ err: error }, 'old runs could not be tidied'));
  };
  const timer = setInterval(tidy, everyMs);
  return { stop: () => clearInterval(timer) };
}

import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { cleanValue } from '@/lib/runs/clean';
import type { sendEvent as contract } from '@/lib/runs/contract';
import type { WaitEnd } from '@/lib/runs/schema';
import type { Services } from '@/server/services';
import { insertAudit } from './audit';

const patienceMs = 5000;
/** Runs that are looked at together. */
const pageSize = 500;
const noRun = '00000000-0000-0000-0000-000000000000';

/**
 * Ends the wait of every step of the workspace that waits for an event of this name: those that waited when this was
 * called hear of it, and an event that nobody waits for is not kept. Throws `invalid_input` for a payload that cannot
 * be kept.
 */
export async function sendEvent(
  services: Pick<Services, 'pool' | 'engine'>,
  actor: Actor,
  { body: { channel, payload } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const clean = cleanValue(payload);
  if (!clean.ok) throw new AppError('invalid_input', `payload: ${clean.reason}.`);
  const end: WaitEnd = { ok: true, output: clean.value, ports: ['out'], reason: 'It came.' };
  let delivered = 0;
  for (let after = noRun; ; ) {
    const ids = await waitingRuns(services.pool, actor.workspaceId, channel, after);
    for (const id of ids) {
      const ended = await deliver(services, id, channel, { end, by: actor.name });
      if (ended > 0) await insertAudit(services.pool, actor, 'run.event', id);
      delivered += ended;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < pageSize) return { delivered };
    after = last;
  }
}

/** How many steps of a run it ended. */
async function deliver(
  { engine }: Pick<Services, 'engine'>,
  runId: string,
  channel: string,
  told: { end: WaitEnd; by: string },
): Promise<number> {
  const run = await engine.current(runId);
  let ended = 0;
  for (const [stepId, { status, wait, attempt }] of Object.entries(run?.state.steps ?? {})) {
    if (status !== 'waiting' || wait?.kind !== 'message' || wait.channel !== channel) continue;
    const ask = { type: 'resume', stepId, attempt, ...told } as const;
    const advance = await engine.advance(runId, ask, patienceMs);
    if (advance && advance.events.length > 0) ended += 1;
  }
  return ended;
}

/**
 * Runs that are not over and in which a step has waited for the channel. The journal says so, in the commit that lets
 * the step wait: the index `run_event_channel` finds it, and whether it waits still only the run's state knows.
 */
async function waitingRuns(
  pool: Pool,
  workspaceId: string,
  channel: string,
  after: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select distinct r.id from run_event e join run r on r.id = e.run_id
     where e.type = 'StepWaiting' and e.data #>> '{wait,channel}' = $2
       and r.workspace_id = $1 and r.finished_at is null and r.id > $3
     order by r.id limit ${pageSize}`,
    [workspaceId, channel, after],
  );
  return rows.map(({ id }) => id);
}

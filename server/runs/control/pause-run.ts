import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { continueRun, pauseRun as pause } from '@/lib/runs/contract';
import { isEnded } from '@/lib/runs/engine/readiness';
import { auditLine } from '@/server/runs/journal/audit';
import { runsBelow } from '@/server/runs/journal/runs-below';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';

type Needs = Pick<Services, 'pool' | 'engine'>;
const patienceMs = 5000;

/**
 * Pauses a run: what is under way is finished, nothing starts until somebody lets it go on, and its clock stands still.
 * Pausing it again changes nothing. Throws `not_found` and `already_finished`.
 */
export const pauseRun = (
  services: Needs,
  actor: Actor,
  { params }: InputOf<typeof pause>,
): Promise<ResultOf<typeof pause>> => change(services, actor, params.id, 'pause');

/** Lets a paused run go on. Throws `not_found` and `already_finished`. */
export const letRunGoOn = (
  services: Needs,
  actor: Actor,
  { params }: InputOf<typeof continueRun>,
): Promise<ResultOf<typeof continueRun>> => change(services, actor, params.id, 'continue');

async function change(services: Needs, actor: Actor, id: string, type: 'pause' | 'continue') {
  await findRun(services, actor, id);
  const until = performance.now() + patienceMs;
  const command = { type, by: actor.name } as const;
  const audit = auditLine(actor, type === 'pause' ? 'run.paused' : 'run.continued', id);
  const dispatched = await services.engine.dispatch(id, command, patienceMs, { audit });
  if (dispatched === undefined) throw new AppError('not_found', 'This run does not exist.');
  const { status } = dispatched.state;
  if (isEnded(status)) {
    throw new AppError('already_finished', `The run has already ended: ${status}.`);
  }
  await changeBelow(services, id, command, until);
  return { id, status };
}

/** The same for all below, in the time that is left. A run that is not paused yet may begin others, so pausing looks until there are none. */
async function changeBelow(
  { pool, engine }: Needs,
  id: string,
  command: { type: 'pause' | 'continue'; by: string },
  until: number,
): Promise<void> {
  const except = command.type === 'pause' ? 'paused' : undefined;
  for (;;) {
    const ids = await runsBelow(pool, id, except);
    for (const child of ids)
      await engine.dispatch(child, command, Math.max(until - performance.now(), 0));
    if (except === undefined || ids.length === 0) return;
  }
}

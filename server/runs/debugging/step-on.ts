import { setTimeout as sleep } from 'node:timers/promises';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { moveOn as contract } from '@/lib/runs/debug-contract';
import { type DebuggerAction, debugAfter, letGoBy, sameDebug } from '@/lib/runs/debugging';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';
import { type AuditLine, auditLine } from '@/server/runs/journal/audit';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';
import { type PausedStep, pausedSteps } from './paused-steps';

type Needs = Pick<Services, 'pool' | 'engine'>;
type Result = ResultOf<typeof contract>;
const patienceMs = 5000;
/** From the look at where a run stops to the commit of the stop. */
const stragglerMs = 100;

/**
 * Steps a debugged run on, with the runs of its containers. First it sets where the run stops next, then it lets the
 * paused steps go. Throws `not_found`, `already_finished`, and `conflict` when
 * the step is not paused (any more), nothing is paused to step from, or the run is not debugged by itself.
 */
export async function stepOn(
  services: Needs,
  actor: Actor,
  { params: { id }, body: { move, from } }: InputOf<typeof contract>,
): Promise<Result> {
  const state = await debuggedRun(services, actor, id);
  const paused = await pausedSteps(services.pool, id);
  const chosen =
    from === undefined
      ? paused[0]
      : paused.find((each) => each.runId === from.runId && each.step.id === from.stepId);
  if (chosen === undefined && (move !== 'continue' || from !== undefined)) throw notPaused();
  const debug = debugAfter(state.debug ?? nothing, move, chosen ?? { place: [], step: { id: '' } });
  let told = false;
  if (!sameDebug(state.debug ?? nothing, debug)) {
    const audit = auditLine(actor, 'run.released', id);
    const command = { type: 'debug', by: actor.name, debug } as const;
    const set = await services.engine.dispatch(id, command, patienceMs, { audit });
    told = set !== undefined && set.events.length > 0;
  }
  const going = chosen === undefined ? [] : letGoBy(move, chosen, paused);
  // One line for the whole action, in the commit of the first thing that it changes.
  const line = () => (told ? undefined : auditLine(actor, 'run.released', id));
  let released = await letGo(services, actor, going, { move, audit: line() });
  told ||= released > 0;
  // Others have been faster with all that was to go.
  if (going.length > 0 && released === 0) throw notPaused();
  if (move === 'continue' && Object.keys(debug.breakpoints).length === 0) {
    released += await letStragglersGo(services, actor, id, line());
  }
  return { id, status: (await services.engine.load(id))?.status ?? state.status, released };
}

const nothing = { breakpoints: {}, stepping: false };

/** A root run: where it stops is true for all runs below it. */
export async function debuggedRun(services: Needs, actor: Actor, id: string): Promise<RunState> {
  const { parent } = await findRun(services, actor, id);
  if (parent) {
    throw new AppError('conflict', 'This is a child run. Debug its parent run instead.');
  }
  const state = await services.engine.load(id);
  if (state === undefined) throw new AppError('not_found', 'This run does not exist.');
  if (isEnded(state.status)) {
    throw new AppError('already_finished', `The run has already ended: ${state.status}.`);
  }
  return state;
}

/** Lets paused steps go; answers with how many were not let go by others before. */
async function letGo(
  { engine }: Needs,
  { name }: Actor,
  steps: readonly PausedStep[],
  { move, audit }: { move: DebuggerAction; audit: AuditLine | undefined },
): Promise<number> {
  let released = 0;
  for (const { runId, step, attempt } of steps) {
    const end = { ok: 'again', value: { released: true, settings: {}, move } } as const;
    const command = { type: 'resume', stepId: step.id, attempt, end, by: name } as const;
    const first = released === 0 && audit ? { audit } : {};
    const dispatched = await engine.dispatch(runId, command, patienceMs, first);
    if (dispatched && dispatched.events.length > 0) released += 1;
  }
  return released;
}

/** Where nothing stops any more, also lets go what a worker was about to pause at that moment. */
async function letStragglersGo(
  services: Needs,
  actor: Actor,
  id: string,
  audit: AuditLine | undefined,
): Promise<number> {
  let released = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    await sleep(stragglerMs);
    const paused = await pausedSteps(services.pool, id);
    const line = released === 0 ? audit : undefined;
    released += await letGo(services, actor, paused, { move: 'continue', audit: line });
  }
  return released;
}

const notPaused = () =>
  new AppError('conflict', 'This step is no longer paused: someone else may have continued it.');

import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listHeld as contract, PausedStepView } from '@/lib/runs/debug-contract';
import type { PausedAt } from '@/lib/runs/debugging';
import { planStep } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';
import { viewStep } from '@/lib/runs/view/view';
import { shownRound } from '@/server/runs/journal/child-rows';
import { readRun, type StoredRun } from '@/server/runs/journal/store';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';
import { isPausedStep } from './breakpoints';

/** A step paused by the debugger, with what actions and people must know of it. */
export type PausedStep = PausedAt &
  Pick<PausedStepView, 'runId'> & { attempt: number; view: PausedStepView };

/** Runs with paused steps that one answer lists, the outermost first. The others follow once these went on. */
const maxRuns = 200;

/** Steps paused by the debugger in a run and below it, those of the run first. Throws `not_found`. */
export async function listPaused(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await findRun(services, actor, params.id);
  return { items: (await pausedSteps(services.pool, params.id)).map(({ view }) => view) };
}

/** Steps paused by the debugger in a run and below it: those of the run first, then in the order of the items. */
export async function pausedSteps(pool: Pool, runId: string): Promise<PausedStep[]> {
  const known = new Map<string, Promise<StoredRun | undefined>>();
  const read = (id: string) => {
    const run = known.get(id) ?? readRun(pool, id);
    known.set(id, run);
    return run;
  };
  const ids = [runId, ...(await runsThatPaused(pool, runId))];
  const found: PausedStep[] = [];
  // One after the other: many at once would take the pool's connections from everybody else.
  for (const id of ids) found.push(...(await pausedIn(read, id, runId)));
  return found.sort((a, b) => compare(a.view.place, b.view.place));
}

/** Runs below one in which something is paused: what waits for the debugger has not moved since. */
async function runsThatPaused(pool: Pool, runId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with recursive below as (
       select id, depth, parent_round, parent_index from run where parent_run_id = $1 and finished_at is null
       union all
       select r.id, r.depth, r.parent_round, r.parent_index from run r join below b on r.parent_run_id = b.id where r.finished_at is null
     ) select id from below b where exists (
       select 1 from run_event e where e.run_id = b.id and e.type = 'StepWaiting'
         and e.data->'wait'->>'kind' = 'debugger' and not exists (
           select 1 from run_event later where later.run_id = e.run_id and later.seq > e.seq
             and later.data->>'stepId' = e.data->>'stepId'))
     order by depth, parent_round, parent_index limit $2`,
    [runId, maxRuns],
  );
  return rows.map(({ id }) => id);
}

type Read = (id: string) => Promise<StoredRun | undefined>;

async function pausedIn(read: Read, runId: string, rootId: string): Promise<PausedStep[]> {
  const run = await read(runId);
  if (run === undefined) return [];
  const { state } = run;
  const steps = state.plan.steps.filter(({ id }) => isPausedStep(state.steps[id]));
  if (steps.length === 0) return [];
  const place = await placeOf(read, run, runId, rootId);
  return steps.map((step) => ({
    runId,
    place,
    step,
    attempt: state.steps[step.id]?.attempt ?? 0,
    view: { runId, place, step: viewStep(step, state.mode, state.steps[step.id]) },
  }));
}

async function placeOf(read: Read, run: StoredRun, runId: string, rootId: string) {
  const place: PausedStepView['place'] = [];
  let { parentLink } = run;
  for (let id = runId; parentLink && id !== rootId; ) {
    const { stepId, round, index } = parentLink;
    const parent = await read(parentLink.runId);
    place.unshift({ stepId, ...namesOf(parent?.state, stepId), round: shownRound(round), index });
    id = parentLink.runId;
    parentLink = parent?.parentLink;
  }
  return place;
}

function namesOf(state: RunState | undefined, stepId: string) {
  const step = state && planStep(state.plan, stepId);
  return { name: step?.name ?? stepId, type: step?.type ?? '' };
}

function compare(a: PausedStepView['place'], b: PausedStepView['place']): number {
  for (const [depth, here] of a.entries()) {
    const there = b[depth];
    if (there === undefined) return 1;
    const by = here.round - there.round || here.index - there.index;
    if (by !== 0) return by;
  }
  return a.length - b.length;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { escapeRefs } from '@/lib/runs/blobs';
import { decide } from '@/lib/runs/engine/decide';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { type RunLimits, requireWithin } from '@/lib/runs/limits';
import { initialState } from '@/lib/runs/plan';
import type { Plan, RunCommand, RunEvent, RunState, RunStatus } from '@/lib/runs/schema';
import { cleanValue } from '@/lib/runs/values/clean';
import { errorClassOf, isClosing } from '@/server/db/error-class';
import { findExisting, insertRun, type NewRun, readRun } from './store';

const startPatienceMs = 5000;

export type StartArgs = Omit<NewRun, 'id'> & { id?: string } & Pick<
    Extract<RunCommand, { type: 'start' }>,
    'reuse' | 'debug' | 'changed'
  >;

type First = Pick<StartArgs, 'plan' | 'mode' | 'input' | 'reuse' | 'debug' | 'changed'>;

/** A run with its first events. Throws `too_large` for what this instance does not run. */
export function firstOf(
  { reuse, debug, changed, ...args }: StartArgs,
  now: number,
  limits: RunLimits,
): { run: NewRun; state: RunState; events: RunEvent[] } {
  const plan = runnable(args.plan, limits);
  const given = cleaned('input', args.input, limits);
  // What a step gives to a run that it starts was stored with that step, large values and all.
  const input = args.parentLink ? given : withoutRefs(given);
  const run = { ...args, plan, id: args.id ?? randomUUID(), input };
  const first = {
    plan,
    mode: run.mode,
    input,
    ...(reuse ? { reuse } : {}),
    ...(changed ? { changed } : {}),
  };
  return { run, ...firstState({ ...first, ...(debug ? { debug } : {}) }, now) };
}

/** The state and the events with which a run of clean values begins. */
export function firstState(
  { plan, mode, input, reuse, debug, changed }: First,
  now: number,
): { state: RunState; events: RunEvent[] } {
  const first = initialState(plan, { mode, input, now });
  const events = decide(first, {
    type: 'start',
    now,
    ...(reuse === undefined ? {} : { reuse }),
    ...(debug === undefined ? {} : { debug }),
    ...(changed === undefined ? {} : { changed }),
  });
  return { state: evolveAll(first, events), events };
}

/** What a run begins with holds no references: it has no large values yet. */
const withoutRefs = (value: unknown) => escapeRefs(value, () => false);

/** A value as the rows keep it. Throws `too_large` for what they do not. */
export function cleaned(name: string, value: unknown, { characters }: RunLimits): unknown {
  const result = cleanValue(value, characters);
  if (result.ok) return result.value;
  throw new AppError('too_large', `The ${name} of the run cannot be kept: ${result.reason}.`);
}

/** The plan as this instance runs it. Throws `too_large` for one with too many steps. */
export function runnable(given: Plan, limits: RunLimits): Plan {
  const plan = withoutRefs(cleaned('plan', given, limits)) as Plan;
  requireWithin(plan, limits);
  return plan.timeoutMs <= limits.timeMs ? plan : { ...plan, timeoutMs: limits.timeMs };
}

/** Inserts the run; an attempt whose fate is unknown is repeated under the same id, which can only succeed once. */
export async function begin(
  pool: Pool,
  run: NewRun,
  state: RunState,
  events: readonly RunEvent[],
  wake: number | null,
): Promise<{ id: string; status: RunStatus; created: boolean }> {
  const until = performance.now() + startPatienceMs;
  for (let unsure = false; ; ) {
    try {
      const inserted = await insertRun(pool, run, state, events, wake);
      if (inserted) return { id: run.id, status: state.status, created: true };
      const existing = await findExisting(pool, run);
      // What it belongs to has ended meanwhile, or was paused: then it is begun when that goes on.
      if (existing === undefined && run.parentLink)
        return { id: run.id, status: 'cancelled', created: false };
      if (existing === undefined || existing === 'let-go') continue;
      if (existing.id === run.id) return { id: run.id, status: state.status, created: unsure };
      if (existing.requestHash !== run.idempotency?.requestHash) {
        throw new AppError(
          'idempotency_mismatch',
          'This Idempotency-Key was used for another request.',
        );
      }
      const status = (await readRun(pool, existing.id))?.state.status ?? 'queued';
      return { id: existing.id, status, created: false };
    } catch (error) {
      const errorClass = AppError.isInstance(error) ? 'permanent' : errorClassOf(error);
      if (errorClass === 'permanent') throw error;
      unsure = true;
      if (isClosing(pool) || performance.now() > until) {
        throw new AppError('unavailable', 'The database is not available. Try again in a moment.');
      }
      await sleep(100);
    }
  }
}

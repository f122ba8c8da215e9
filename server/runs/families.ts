import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { AppError, errorTable } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/define-node';
import { countOf } from '@/lib/runs/blobs';
import { isEnded } from '@/lib/runs/readiness';
import type { Children, Failure, WaitEnd } from '@/lib/runs/schema';
import type { Log } from '@/server/log';
import { planOfChildren } from './child-plan';
import { childState, readFacts, takeFromOutbox, usageOfChildren } from './child-rows';
import type { Engine } from './engine';
import { hasSpawned } from './family-ties';
import { runsBelow } from './runs-below';
import { readSeq, type StoredRun } from './store';
import { troubleOf } from './trouble';

/** Looks after runs that steps started: begins them, tells their parents of their ends, and ends those nobody waits for. */
export type Families = {
  /** Does what a run's family asks for now. Repeating it changes nothing; the rows' `wake_at` asks until it was done. */
  tend(runId: string): Promise<void>;
  /** Cancels everything below a run: when this resolves nothing of it starts any more. */
  cancelBelow(runId: string, by: string): Promise<void>;
};

type Parts = { pool: Pool; engine: Engine; log: Log };

export function createFamilies(parts: Parts): Families {
  const { pool, engine, log } = parts;
  return {
    async tend(runId) {
      await tend(parts, runId).catch((error: unknown) => {
        log.error({ err: error, run: runId }, 'the family of a run could not be looked after');
      });
    },
    async cancelBelow(runId, by) {
      // Those above first: what has ended begins nothing more.
      for (;;) {
        const ids = await runsBelow(pool, runId);
        if (ids.length === 0) return;
        for (const id of ids) await engine.advance(id, { type: 'cancel', by });
      }
    },
  };
}

async function tend(parts: Parts, runId: string, looks = 5): Promise<void> {
  const run = await parts.engine.current(runId);
  if (run === undefined) return;
  if (isEnded(run.state.status)) {
    if (hasSpawned(run.state)) await cancelChildren(parts, runId);
    if (run.family) await tend(parts, run.family.runId);
    await takeFromOutbox(parts.pool, runId);
    return;
  }
  // What is paused begins nothing; letting it go on rings.
  if (run.state.pausedBy !== undefined) return;
  for (const [stepId, step] of Object.entries(run.state.steps)) {
    if (!step.spawned) continue;
    const children = step.status === 'waiting' ? step.wait?.children : undefined;
    if (children) await lookAfter(parts, { runId, run, stepId, attempt: step.attempt, children });
    else {
      const { seq } = run.state;
      await cancelChildren(parts, runId, { stepId, seq });
      // Had the run moved on, nothing was found: who moved it need not have looked here.
      const moved = (await readSeq(parts.pool, runId)) !== seq;
      if (moved && looks > 1) return tend(parts, runId, looks - 1);
    }
  }
}

type Parent = {
  runId: string;
  run: StoredRun;
  stepId: string;
  attempt: number;
  children: Children;
};

/** Begins as many children as there is room for; when none is left, the step's work goes on. */
async function lookAfter(parts: Parts, parent: Parent): Promise<void> {
  const { pool } = parts;
  const { runId, stepId, children } = parent;
  const { concurrency, failFast, round } = children;
  const count = countOf(children.inputs);
  const { live, next, failed } = await childState(pool, runId, stepId, round);
  const over = live === 0 && next >= count;
  if (over || (failFast && failed)) {
    if (!over) await cancelChildren(parts, runId, { stepId, round });
    const usage = await usageOfChildren(pool, runId, stepId, round);
    await endWait(parts, parent, { ok: 'again', usage });
    return;
  }
  const last = Math.min(next + concurrency - live, count);
  if (last > next) {
    await beginChildren(parts, parent, next, last).catch(async (error: unknown) => {
      // Trying again would end the same way: the step hears of it.
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      await endWait(parts, parent, { ok: false, error: refusal });
    });
  }
}

async function beginChildren(
  parts: Parts,
  parent: Parent,
  from: number,
  to: number,
): Promise<void> {
  const { pool, engine } = parts;
  const { runId, run, stepId, children } = parent;
  const { round } = children;
  const facts = await readFacts(pool, runId);
  const inputs = await engine.blobs.list(facts.rootId ?? runId, children.inputs);
  const child = await planOfChildren(pool, run, facts, stepId, children, engine.limits);
  const { inherits, ...plan } = child;
  for (let index = from; index < to; index += 1) {
    const id = childId(runId, stepId, round, index);
    const begun = await engine.start({
      ...plan,
      id,
      workspaceId: run.workspaceId,
      mode: run.state.mode,
      trigger: 'step',
      ...(facts.startedBy === null ? {} : { startedBy: facts.startedBy }),
      input: inputs[index],
      family: {
        runId,
        stepId,
        round,
        index,
        rootId: facts.rootId ?? runId,
        depth: facts.depth + 1,
        inherits,
      },
    });
    // One that had nothing to do is over already.
    if (begun.created && isEnded(begun.status)) await tend(parts, id);
  }
}

/** Why a child cannot be begun, now or later; undefined for what may pass. */
function refusalOf(error: unknown): Failure | undefined {
  if (
    error instanceof StepError ||
    (error instanceof AppError && !errorTable[error.code].retryable)
  )
    return { code: error.code, message: error.message, retryable: false };
  if (error instanceof AppError || troubleOf(error) !== 'refused') return undefined;
  return { code: 'not_begun', message: 'A run of this step cannot be begun.', retryable: false };
}

async function endWait(
  parts: Parts,
  { runId, stepId, attempt }: Parent,
  end: WaitEnd,
): Promise<void> {
  const ask = { type: 'resume', stepId, attempt, end } as const;
  const advance = await parts.engine.advance(runId, ask);
  if (advance && advance.events.length > 0 && isEnded(advance.state.status)) {
    await tend(parts, runId);
  }
}

/**
 * Which children nobody waits for: those of one round; or those that a step has while its run stands at `seq`, where
 * it waits for none. Once the run has moved on there may be new ones, and whoever moved it looks after them.
 */
type Unwanted = { stepId: string; round: number; seq?: never } | { stepId: string; seq: number };

/** Ends the children of a run that has ended, or those of one of its steps, that nobody waits for any more. */
async function cancelChildren(parts: Parts, runId: string, unwanted?: Unwanted): Promise<void> {
  const { stepId = null, seq = null } = unwanted ?? {};
  const round = unwanted && 'round' in unwanted ? unwanted.round : null;
  for (;;) {
    const { rows } = await parts.pool.query<{ id: string }>(
      `select c.id from run c join run p on p.id = c.parent_run_id
       where c.parent_run_id = $1 and c.finished_at is null and ($2::text is null or c.parent_step_id = $2)
         and ($3::int is null or c.parent_round = $3) and ($4::int is null or p.seq = $4) limit 100`,
      [runId, stepId, round, seq],
    );
    if (rows.length === 0) return;
    for (const { id } of rows) {
      await parts.engine.advance(id, { type: 'cancel', by: 'parent' });
      await cancelChildren(parts, id);
      await takeFromOutbox(parts.pool, id);
    }
  }
}

/** The same for the same child, so that it begins once however often it is begun. */
function childId(runId: string, stepId: string, round: number, index: number): string {
  const name = JSON.stringify([runId, stepId, round, index]);
  const hex = createHash('sha256').update(name).digest('hex');
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}

import type { Pool } from 'pg';
import { expect } from 'vitest';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { initialState } from '@/lib/runs/plan';
import type { Plan, RunEvent, RunState } from '@/lib/runs/schema';
import { readEvents } from '@/server/runs/journal/store';
import type { Effects } from './effects';

/**
 * What must hold of every run that has ended, whatever was killed meanwhile: it did what its plan says, each step
 * has one result, no attempt began twice, and nothing of a step happened after its result was committed.
 */
export async function checkRun(
  pool: Pool,
  effects: Effects,
  runId: string,
  plan: Plan,
): Promise<RunState> {
  const events = await readEvents(pool, runId, 0, 100_000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const first = initialState(plan, { mode: 'live', input: {}, now: events[0]?.at ?? 0 });
  const state = evolveAll(first, events);
  const { rows } = await pool.query(
    'select status, seq, wake_at, (select count(*)::int from step where run_id = id) as steps from run where id = $1',
    [runId],
  );
  const failures = events.filter(({ type }) => type === 'StepFailed' || type === 'RunFailed');
  expect({ ...rows[0], failures }).toEqual({
    failures: [],
    status: 'succeeded',
    seq: state.seq,
    wake_at: null,
    steps: plan.steps.length,
  });
  for (const step of plan.steps) {
    const of = (type: RunEvent['type']) =>
      events.filter(
        (event) => event.type === type && 'stepId' in event && event.stepId === step.id,
      );
    expect(of('StepSucceeded')).toHaveLength(1);
    const attempts = of('StepStarted').map((event) => ('attempt' in event ? event.attempt : 0));
    expect(attempts).toEqual(attempts.map((_, index) => index + 1));
    const done = effects.of(runId, step.id).map(({ attempt }) => attempt);
    expect(new Set(done).size).toBe(done.length);
    expect(Math.max(...done)).toBe(attempts.length);
  }
  return state;
}

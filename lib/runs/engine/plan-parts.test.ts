import { expect, it } from 'vitest';
import { initialState } from '@/lib/runs/plan';
import type { RunCommand, RunState } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { decide } from './decide';
import { evolveAll } from './evolve';
import { planUntil, reusableSteps, stepsFrom } from './plan-parts';

const plan = aPlan([
  aStep('a'),
  aStep('b', ['a']),
  aStep('c', ['a']),
  aStep('d', ['b', 'c']),
  aStep('e', ['d']),
]);

function after(...commands: RunCommand[]): RunState {
  let state = initialState(plan, { mode: 'live', input: {}, now: 0 });
  for (const command of commands) state = evolveAll(state, decide(state, command));
  return state;
}
const done = (stepId: string, ok = true): RunCommand => ({
  type: 'settle',
  now: 2,
  worker: 'w',
  stepId,
  attempt: 1,
  random: 0,
  limit: 9,
  outcome: ok
    ? { ok: true, output: stepId }
    : { ok: false, error: { code: 'x', message: '', retryable: false } },
});
const failed = after(
  { type: 'start', now: 1 },
  { type: 'claim', now: 1, random: 0, worker: 'w', limit: 9 },
  done('a'),
  done('b'),
  done('c', false),
);

it('cuts a plan off behind a step', () => {
  expect(planUntil(plan, 'c').steps.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(planUntil(plan, 'c').outputs).toEqual(['c']);
});

it('finds what comes after steps', () => {
  expect([...stepsFrom(plan, ['c'])].sort()).toEqual(['c', 'd', 'e']);
});

it('reuses what was finished, and nothing behind what must run again', () => {
  expect(failed.status).toBe('failed');
  expect(Object.keys(reusableSteps(failed, plan, []))).toEqual(['a', 'b']);
  expect(Object.keys(reusableSteps(failed, plan, ['b']))).toEqual(['a']);
  expect(reusableSteps(failed, plan, ['a'])).toEqual({});
  const changed = aPlan(
    plan.steps.map((step) => (step.id === 'a' ? { ...step, type: 'other' } : step)),
  );
  expect(reusableSteps(failed, changed, [])).toEqual({});
});

it('goes on where the reused results end', () => {
  const reuse = { from: 'r', steps: reusableSteps(failed, plan, []) };
  const first = initialState(plan, { mode: 'live', input: {}, now: 0 });
  const events = decide(first, { type: 'start', now: 5, reuse });
  expect(events.map((event) => `${event.type} ${'stepId' in event ? event.stepId : ''}`)).toEqual([
    'RunStarted ',
    'StepReused a',
    'StepReused b',
    'StepReady c',
  ]);
  expect(evolveAll(first, events).steps.b).toMatchObject({ output: 'b', reusedFrom: 'r' });
});

it('ends at once when everything was reused', () => {
  const all = after(
    { type: 'start', now: 1 },
    { type: 'claim', now: 1, random: 0, worker: 'w', limit: 9 },
    ...['a', 'b', 'c', 'd', 'e'].map((id) => done(id)),
  );
  expect(all.status).toBe('succeeded');
  const reuse = { from: 'r', steps: reusableSteps(all, plan, []) };
  const first = initialState(plan, { mode: 'live', input: {}, now: 0 });
  const state = evolveAll(first, decide(first, { type: 'start', now: 5, reuse }));
  expect(state).toMatchObject({ status: 'succeeded', output: 'e' });
});

it('keeps in mind that the scripted model answered: in a step, in a reused result, in runs below', () => {
  const usage = { inputTokens: 1, outputTokens: 1, costUsd: 0 };
  const call = { provider: 'rehearsal', model: 'm', rehearsed: true, reason: '', usage };
  const begun: RunCommand[] = [
    { type: 'start', now: 1 },
    { type: 'claim', now: 1, random: 0, worker: 'w', limit: 9 },
  ];
  const answered = done('a');
  if (answered.type === 'settle') answered.outcome = { ok: true, output: 1, calls: [call] };
  const state = after(...begun, answered, done('b'), done('c', false));
  expect([state.scripted, state.steps.a?.scripted]).toEqual([true, true]);
  const steps = reusableSteps(state, plan, []);
  expect(after({ type: 'start', now: 3, reuse: { from: 'r', steps } }).scripted).toBe(true);
  const waiting = done('a');
  const wait = { kind: 'message' as const };
  if (waiting.type === 'settle') waiting.outcome = { ok: 'wait', wait };
  const again = (below: { scripted?: true }): RunCommand => ({
    type: 'resume',
    now: 3,
    stepId: 'a',
    attempt: 1,
    end: { ok: 'again', usage: { ...usage, ...below } },
  });
  expect(after(...begun, waiting, again({ scripted: true })).scripted).toBe(true);
  expect(after(...begun, waiting, again({})).scripted).toBeUndefined();
  expect(failed.scripted).toBeUndefined();
});

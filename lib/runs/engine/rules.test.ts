import { describe, expect, it } from 'vitest';
import type { PlanStep, RunCommand, RunEvent, RunState, StepOutcome } from '@/lib/runs/schema';
import { aRun, aStep } from '@/lib/runs/testing/plans';
import { decide } from './decide';
import { evolveAll } from './evolve';
import { wakeAt } from './wake-at';

const start: RunCommand = { type: 'start', now: 1 };
const claim = (limit = 10): RunCommand => ({
  type: 'claim',
  now: 2,
  random: 0.5,
  worker: 'w',
  limit,
});
const settle = (stepId: string, outcome: StepOutcome, attempt = 1): RunCommand => ({
  ...{ type: 'settle', now: 3, worker: 'w', random: 0.5, limit: 0 },
  ...{ stepId, attempt, outcome },
});
const good = (stepId: string, ports?: string[]) =>
  settle(stepId, { ok: true, output: stepId, ...(ports ? { ports } : {}) });
const bad = (stepId: string, code = 'broken', retryable = false) =>
  settle(stepId, { ok: false, error: { code, message: 'It broke.', retryable } });
const lose = (stepId: string): RunCommand => ({
  ...{ type: 'lose', now: 5, worker: 'w' },
  ...{ stepId, attempt: 1 },
});
const short = (event: RunEvent) =>
  'stepId' in event && event.type.startsWith('Step') ? `${event.type} ${event.stepId}` : event.type;

/** given a run of these steps after these commands / when one more / then these events */
function given(steps: PlanStep[], ...commands: RunCommand[]) {
  let state: RunState = aRun(steps);
  for (const command of commands) state = evolveAll(state, decide(state, command));
  return {
    state,
    when(command: RunCommand) {
      const events = decide(state, command);
      return { events: events.map(short), raw: events, state: evolveAll(state, events) };
    },
  };
}

describe('a join', () => {
  const joined = (join: NonNullable<PlanStep['join']>) => [
    aStep('a'),
    aStep('b'),
    aStep('c'),
    aStep('j', ['a', 'b', 'c'], { join }),
  ];
  it('of any goes with the first one, once', () => {
    const run = given(joined({ need: 1 }), start, claim());
    expect(run.when(good('b')).events).toEqual(['StepSucceeded b', 'StepReady j']);
    const later = given(joined({ need: 1 }), start, claim(), good('b'));
    expect(later.when(good('a')).events).toEqual(['StepSucceeded a']);
  });
  it('of two waits for the second', () => {
    const run = given(joined({ need: 2 }), start, claim(), good('a'));
    expect(run.state.steps.j?.status).toBe('pending');
    expect(run.when(good('c')).events).toContain('StepReady j');
  });
  it('of all is skipped as soon as one way is dead', () => {
    const steps = [
      aStep('a', [], { kind: 'switch', ports: ['x', 'y'] }),
      aStep('b'),
      aStep('j', [{ from: 'a', port: 'x' }, 'b'], { join: { need: 'all' } }),
    ];
    expect(given(steps, start, claim()).when(good('a', ['y'])).events).toContain('StepSkipped j');
  });
  it('that goes without the rest ends what only led to it', () => {
    const steps = [
      aStep('a'),
      aStep('b'),
      aStep('b2', ['b']),
      aStep('kept'),
      aStep('also', ['kept']),
      aStep('j', ['a', 'b2', 'kept'], { join: { need: 1, cancelRest: true } }),
    ];
    const { events } = given(steps, start, claim()).when(good('a'));
    expect(events).toEqual(['StepSucceeded a', 'StepReady j', 'StepSkipped b2', 'StepCancelled b']);
  });
});

describe('a step that fails for good', () => {
  const chain = (onError?: PlanStep['onError']) => [
    aStep('a', [], onError ? { onError } : {}),
    aStep('b', ['a']),
    aStep('r', [{ from: 'a', port: 'error' }]),
  ];
  it('leads on through its error port', () => {
    const { events, state } = given(chain({ go: 'port' }), start, claim()).when(bad('a'));
    expect(events).toEqual(['StepFailed a', 'StepSkipped b', 'StepReady r']);
    expect(state.steps.a).toMatchObject({
      status: 'failed',
      output: { error: { code: 'broken' } },
    });
  });
  it('goes on with the output that its policy gives', () => {
    const { events, state } = given(chain({ go: 'on', output: 7 }), start, claim()).when(bad('a'));
    expect(events).toEqual(['StepFailed a', 'StepReady b', 'StepSkipped r']);
    expect(state.steps.a?.output).toBe(7);
  });
  it('is tried again only for the codes that its policy names', () => {
    const retry = { attempts: 3, backoffMs: 10, maxBackoffMs: 10, codes: ['busy'] };
    const run = given([aStep('a', [], { retry })], start, claim());
    expect(run.when(bad('a', 'busy', false)).events).toEqual(['StepRetryScheduled a']);
    expect(run.when(bad('a', 'other', true)).events).toContain('RunFailed');
  });
});

describe('steps for errors', () => {
  const steps = [
    aStep('a'),
    aStep('b', ['a']),
    aStep('h', [], { kind: 'handler' }),
    aStep('told', ['h']),
    aStep('end', ['told'], { kind: 'stop' }),
  ];
  it('do not start, and do not keep the run, when nothing fails', () => {
    const run = given(steps, start, claim(), good('a'), claim());
    const { events, state } = run.when(good('b'));
    expect(events).toEqual(['StepSucceeded b', 'RunSucceeded']);
    expect([state.output, state.steps.h?.status]).toEqual([{ b: 'b' }, 'skipped']);
  });
  it('start when a step fails, and the run fails with the first error after them', () => {
    const part = steps.slice(0, 4);
    const run = given(part, start, claim());
    expect(run.when(bad('a')).events).toEqual(['StepFailed a', 'RunFailing', 'StepReady h']);
    const handling = given(part, start, claim(), bad('a'), claim(), good('h'), claim());
    const { events, state } = handling.when(bad('told', 'second'));
    expect(events).toContain('RunFailed');
    expect(state.error?.code).toBe('broken');
  });
  it('save the run when they stop it with a result', () => {
    const run = given(
      steps,
      start,
      claim(),
      bad('a'),
      claim(),
      good('h'),
      claim(),
      good('told'),
      claim(),
    );
    expect(run.when(good('end')).state).toMatchObject({ status: 'succeeded', output: 'end' });
  });
});

it('a stop ends the run with its output, whatever else is under way', () => {
  const run = given([aStep('a'), aStep('s', [], { kind: 'stop' })], start, claim());
  const { events, state } = run.when(good('s'));
  expect(events).toEqual(['StepSucceeded s', 'StepCancelled a', 'RunSucceeded']);
  expect(state.output).toBe('s');
});

describe('a step that may have had its effect', () => {
  const retry = { attempts: 3, backoffMs: 10, maxBackoffMs: 10 };
  it('is never begun again by itself', () => {
    const run = given([aStep('a', [], { effects: 'once', retry })], start, claim());
    expect(run.when(lose('a')).state.error?.code).toBe('outcome_unknown');
    expect(run.when(bad('a', 'busy', true)).events).toContain('RunFailed');
  });
  it('asks a person, who lets it run again', () => {
    const steps = [aStep('a', [], { effects: 'ask', retry })];
    const run = given(steps, start, claim());
    expect(run.when(bad('a', 'busy', true)).events).toEqual(['StepWaiting a']);
    const asked = given(steps, start, claim(), lose('a'));
    expect(asked.state.status).toBe('waiting');
    const again = {
      type: 'resume',
      now: 9,
      stepId: 'a',
      attempt: 1,
      end: { ok: 'again' },
    } as const;
    expect(asked.when(again).events).toEqual(['StepResumed a']);
  });
});

it('a paused run starts nothing, and its clock stands still', () => {
  const pause: RunCommand = { type: 'pause', now: 4, by: 'ada' };
  const run = given([aStep('a'), aStep('b', ['a'])], start, claim(1), pause);
  expect(run.state.status).toBe('paused');
  const later = run.when(good('a'));
  expect(later.events).toEqual(['StepSucceeded a', 'StepReady b']);
  expect(later.state.status).toBe('paused');
  expect(decide(later.state, claim())).toEqual([]);
  expect(wakeAt(later.state)).toBeNull();
  const on: RunCommand = { type: 'continue', now: 1_000_000, by: 'ada' };
  const going = evolveAll(later.state, decide(later.state, on));
  expect(going.status).toBe('running');
  expect(decide(going, { ...claim(), now: 1_000_001 } as RunCommand).map(short)).toEqual([
    'StepStarted b',
  ]);
});

it('of ready steps those of a higher priority are taken first', () => {
  const steps = [aStep('a'), aStep('b', [], { priority: 2 }), aStep('c', [], { priority: -1 })];
  expect(given(steps, start).when(claim(2)).events).toEqual(['StepStarted b', 'StepStarted a']);
});

it('work that is called again remembers what it gave, and hears what it is told', () => {
  const wait: StepOutcome = { ok: 'wait', wait: { kind: 'message', memo: { n: 1 } } };
  const run = given([aStep('a')], start, claim(), settle('a', wait));
  const again = {
    ok: 'again',
    value: 'told',
    usage: { inputTokens: 3, outputTokens: 2, costUsd: 1 },
  } as const;
  const { state } = run.when({ type: 'resume', now: 9, stepId: 'a', attempt: 1, end: again });
  expect(state.steps.a).toMatchObject({ status: 'ready', memo: { n: 1 }, resumed: 'told' });
  expect(state.usage).toEqual({ inputTokens: 3, outputTokens: 2, costUsd: 1 });
  expect(decide(state, claim()).map(short)).toEqual(['StepStarted a']);
});

describe('what an attempt has cost', () => {
  const call = {
    provider: 'p',
    model: 'm',
    rehearsed: false,
    reason: '',
    usage: { inputTokens: 3, outputTokens: 2, costUsd: 0.5 },
  };
  const spend: RunCommand = { type: 'spend', now: 9, stepId: 'a', attempt: 1, calls: [call] };
  it('is added to a step that was cancelled, after the end of its run', () => {
    const run = given([aStep('a')], start, claim(), { type: 'cancel', now: 5, by: 'u' });
    const { events, state } = run.when(spend);
    expect(events).toEqual(['StepSpent a']);
    expect(state).toMatchObject({
      status: 'cancelled',
      finishedAt: 5,
      usage: { inputTokens: 3, outputTokens: 2, costUsd: 0.5 },
      steps: { a: { status: 'cancelled', finishedAt: 5, calls: [call] } },
    });
  });
  it('leaves a step alone that is tried again meanwhile', () => {
    const run = given([aStep('a')], start, claim(), lose('a'), claim());
    const { state } = run.when(spend);
    expect(state.steps.a).toMatchObject({ status: 'running', attempt: 2, calls: [call] });
    expect(state.steps.a?.timeoutAt).toBe(run.state.steps.a?.timeoutAt);
  });
  it('of a step that the plan does not have is nobody’s', () => {
    expect(given([aStep('a')], start).when({ ...spend, stepId: 'x' }).events).toEqual([]);
  });
});

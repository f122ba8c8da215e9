import { describe, expect, it } from 'vitest';
import type {
  PlanStep,
  RunCommand,
  RunEvent,
  RunState,
  StepOutcome,
  Wait,
  WaitEnd,
} from '@/lib/runs/schema';
import { aRun, aStep } from '@/lib/runs/testing/plans';
import { decide } from './decide';
import { evolveAll } from './evolve';
import { lossLimit } from './retry';
import { wakeAt } from './wake-at';

const start: RunCommand = { type: 'start', now: 1 };
const claim = (now = 2, limit = 10, worker = 'w'): RunCommand => ({
  type: 'claim',
  now,
  random: 0.5,
  worker,
  limit,
});
const settle = (
  stepId: string,
  outcome: StepOutcome,
  more: Partial<Extract<RunCommand, { type: 'settle' }>> = {},
): RunCommand => ({
  type: 'settle',
  now: 3,
  worker: 'w',
  stepId,
  attempt: 1,
  random: 0.5,
  outcome,
  limit: 0,
  ...more,
});
const good = (output: unknown = 'done', ports?: string[]): StepOutcome =>
  ports === undefined ? { ok: true, output } : { ok: true, output, ports };
const bad = (retryable: boolean): StepOutcome => ({
  ok: false,
  error: { code: 'broken', message: 'It broke.', retryable },
});
const tick = (now: number): RunCommand => ({ type: 'tick', now, random: 0.5 });
const cancel: RunCommand = { type: 'cancel', now: 9, by: 'ada' };
const lose = (stepId: string, attempt = 1, worker = 'w'): RunCommand => ({
  type: 'lose',
  now: 5,
  worker,
  stepId,
  attempt,
});

const short = (event: RunEvent) =>
  event.type.startsWith('Step') && 'stepId' in event ? `${event.type} ${event.stepId}` : event.type;

/** given a run of these steps after these commands / when one more / then these events */
function given(steps: PlanStep[] | RunState, ...commands: RunCommand[]) {
  let state = Array.isArray(steps) ? aRun(steps) : steps;
  for (const command of commands) state = evolveAll(state, decide(state, command));
  return {
    state,
    when(command: RunCommand) {
      const events = decide(state, command);
      const after = evolveAll(state, events);
      return { events: events.map(short), raw: events, state: after };
    },
  };
}

const chain = [aStep('a'), aStep('b', ['a']), aStep('c', ['b'])];
const diamond = [aStep('a'), aStep('b', ['a']), aStep('c', ['a']), aStep('d', ['b', 'c'])];

describe('start', () => {
  it('makes the roots ready and leaves the run queued', () => {
    const { events, state } = given(diamond).when(start);
    expect(events).toEqual(['RunStarted', 'StepReady a']);
    expect(state.status).toBe('queued');
  });
  it('happens once', () => {
    expect(given(diamond, start).when(start).events).toEqual([]);
  });
  it('ends a run of no steps at once', () => {
    const { events, state } = given([]).when(start);
    expect(events).toEqual(['RunStarted', 'RunSucceeded']);
    expect(state.output).toBeNull();
  });
});

describe('claim', () => {
  it('starts ready steps up to the limit, with a new attempt and a time limit', () => {
    const { raw, state } = given([aStep('a'), aStep('b')], start).when(claim(7, 1));
    expect(raw).toEqual([
      {
        seq: 4,
        at: 7,
        type: 'StepStarted',
        stepId: 'a',
        attempt: 1,
        worker: 'w',
        timeoutAt: 10_007,
      },
    ]);
    expect(state.status).toBe('running');
    expect(state.startedAt).toBe(7);
  });
  it('starts nothing twice', () => {
    expect(given(diamond, start, claim()).when(claim(3, 10, 'other')).events).toEqual([]);
  });
});

describe('settle', () => {
  it('goes on with what became ready in the same decision', () => {
    const { events } = given(chain, start, claim()).when(settle('a', good(), { limit: 1 }));
    expect(events).toEqual(['StepSucceeded a', 'StepStarted b']);
  });
  it('says what it leaves for others', () => {
    const wide = [aStep('a'), aStep('b', ['a']), aStep('c', ['a'])];
    const { events, raw } = given(wide, start, claim()).when(settle('a', good(), { limit: 1 }));
    expect(events).toEqual(['StepSucceeded a', 'StepReady c', 'StepStarted b']);
    expect(raw.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });
  it('waits at a join until all edges are settled', () => {
    const run = given(diamond, start, claim(), settle('a', good(), { limit: 2 }));
    expect(run.when(settle('b', good(), { limit: 9 })).events).toEqual(['StepSucceeded b']);
    const both = given(run.state, settle('b', good()));
    expect(both.when(settle('c', good())).events).toEqual(['StepSucceeded c', 'StepReady d']);
  });
  it('ends the run with the output of its one output step', () => {
    const { state } = given([aStep('a')], start, claim()).when(settle('a', good({ x: 1 })));
    expect(state).toMatchObject({ status: 'succeeded', output: { x: 1 }, finishedAt: 3 });
  });
  it('makes an object by key of several outputs', () => {
    const run = given([aStep('a'), aStep('b')], start, claim(), settle('a', good(1)));
    expect(run.when(settle('b', good(2))).state.output).toEqual({ a: 1, b: 2 });
  });
  it.each([
    ['another attempt', { attempt: 2 }],
    ['another worker', { worker: 'zombie' }],
    ['an unknown step', { stepId: 'nobody' }],
  ])('ignores a result of %s, and starts nothing for it', (_name, more) => {
    const run = given([aStep('a'), aStep('b')], start, claim(2, 1));
    expect(run.when(settle('a', good(), { limit: 9, ...more })).events).toEqual([]);
  });
  it('ignores a result that comes again', () => {
    const run = given(chain, start, claim(), settle('a', good()));
    expect(run.when(settle('a', good('other'), { limit: 9 })).events).toEqual([]);
  });
  it('adds up what calls cost, those of failed attempts too', () => {
    const calls = (inputTokens: number) => [
      {
        provider: 'p',
        model: 'm',
        rehearsed: false,
        reason: '',
        usage: { inputTokens, outputTokens: 1, costUsd: inputTokens / 50 },
      },
    ];
    const retry = { attempts: 2, backoffMs: 0, maxBackoffMs: 0 };
    const run = given(
      [aStep('a', [], { retry })],
      start,
      claim(),
      settle('a', { ...bad(true), calls: calls(10) }),
      claim(4),
    ).when(settle('a', { ...good(), calls: calls(5) }, { attempt: 2 }));
    expect(run.state.usage).toEqual({ inputTokens: 15, outputTokens: 2, costUsd: 0.3 });
    expect(run.state.steps.a?.calls).toHaveLength(2);
  });
});

describe('switch', () => {
  const fork = [
    aStep('s', [], { kind: 'switch', ports: ['yes', 'no'] }),
    aStep('y', [{ from: 's', port: 'yes' }]),
    aStep('n', [{ from: 's', port: 'no' }]),
    aStep('n2', ['n']),
    aStep('join', ['y', 'n2']),
  ];
  it('skips the dead path to its end, and the join takes the live one', () => {
    const run = given(fork, start, claim());
    const { events, state } = run.when(settle('s', good(null, ['yes'])));
    expect(events).toEqual(['StepSucceeded s', 'StepReady y', 'StepSkipped n', 'StepSkipped n2']);
    const ended = given(state, claim(), settle('y', good()), claim()).when(settle('join', good(7)));
    expect(ended.state).toMatchObject({ status: 'succeeded', output: 7 });
  });
  it('ends the run when no port is chosen', () => {
    const { state } = given(fork, start, claim()).when(settle('s', good(null, [])));
    expect(state.status).toBe('succeeded');
    expect(state.steps.join?.status).toBe('skipped');
    expect(state.output).toBeNull();
  });
  it('takes no port that the step does not have', () => {
    const { state } = given(fork, start, claim()).when(settle('s', good(null, ['maybe', 'no'])));
    expect(state.steps.s?.ports).toEqual(['no']);
  });
});

describe('failures', () => {
  const retry = { attempts: 2, backoffMs: 1000, maxBackoffMs: 5000 };
  const steps = [aStep('a', [], { retry }), aStep('b'), aStep('c', ['a', 'b'])];
  it('plan another attempt while the policy allows one', () => {
    const run = given(steps, start, claim(2, 1)).when(settle('a', bad(true)));
    expect(run.raw[0]).toMatchObject({ type: 'StepRetryScheduled', attempt: 1, retryAt: 1003 });
  });
  it('leave the run waiting when nothing but the timer is left', () => {
    const run = given([aStep('a', [], { retry })], start, claim()).when(settle('a', bad(true)));
    expect(run.state.status).toBe('waiting');
    expect(given(run.state).when(tick(1002)).events).toEqual([]);
    expect(given(run.state).when(tick(1003)).events).toEqual(['StepReady a']);
    expect(given(run.state).when(claim(1003)).events).toEqual(['StepStarted a']);
  });
  it('for good end the run: what runs is told, what waits never starts', () => {
    const run = given(steps, start, claim(2, 2)).when(settle('a', bad(false)));
    expect(run.events).toEqual(['StepFailed a', 'StepCancelled b', 'RunFailed']);
    expect(run.state).toMatchObject({ status: 'failed', error: { code: 'broken' } });
    expect(run.state.steps.c?.status).toBe('cancelled');
  });
  it('are for good when the attempts are used up', () => {
    const run = given(steps, start, claim(2, 1), settle('a', bad(true)), claim(1003, 1));
    const { events } = run.when(settle('a', bad(true), { attempt: 2, now: 1004 }));
    expect(events).toContain('RunFailed');
  });
  it('by time are told by the worker that has the step: nobody else throws its work away', () => {
    // The database may have been away for longer than the step may take.
    const run = given(steps, start, claim(2, 1), tick(20_000), claim(20_001));
    expect(run.state.steps.a?.status).toBe('running');
    const late = run.when(settle('a', good('kept'), { now: 20_002 }));
    expect(late.state.steps.a).toMatchObject({ status: 'succeeded', output: 'kept' });
  });
  it('end the run when the run itself takes too long', () => {
    const run = given(steps, start, claim(2, 1)).when(claim(100_002));
    expect(run.events).toEqual(['StepCancelled a', 'RunFailed']);
    expect(run.state.error?.code).toBe('run_timed_out');
  });
});

describe('lose', () => {
  it('makes the step ready again, for a new attempt', () => {
    const run = given(chain, start, claim(), lose('a'), claim(6, 1, 'other'));
    expect(run.state.steps.a).toMatchObject({ status: 'running', attempt: 2, worker: 'other' });
    expect(run.when(settle('a', good())).events).toEqual([]);
  });
  it('does not use up the attempts of the policy', () => {
    const run = given(chain, start, claim(), lose('a'), claim(6));
    expect(run.when(settle('a', good(), { attempt: 2 })).events[0]).toBe('StepSucceeded a');
  });
  it('ignores an attempt that is over', () => {
    expect(given(chain, start, claim(), settle('a', good())).when(lose('a')).events).toEqual([]);
    expect(given(chain, start, claim(), lose('a'), claim(6)).when(lose('a')).events).toEqual([]);
  });
  it('counts no worker that gives its steps back in good order', () => {
    let run = given(chain, start, claim());
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const drained: RunCommand = {
        type: 'lose',
        now: 1,
        worker: 'w',
        stepId: 'a',
        attempt,
        drained: true,
      };
      run = given(run.state, drained, claim(6));
    }
    expect(run.state.steps.a).toMatchObject({ status: 'running', attempt: 6 });
    expect(run.state.steps.a?.losses ?? 0).toBe(0);
  });
  it('parks a step that ended three workers', () => {
    const twice = given(chain, start, claim(), lose('a', 1), claim(6), lose('a', 2), claim(6));
    expect(twice.state.steps.a).toMatchObject({ status: 'running', attempt: 3 });
    expect(twice.when(lose('a', 3)).state).toMatchObject({
      status: 'failed',
      error: { code: 'worker_lost', message: expect.stringContaining('3 times') },
    });
  });
  it('gives up on a step that ends every worker', () => {
    let run = given(chain, start, claim());
    for (let attempt = 1; attempt <= lossLimit; attempt += 1) {
      run = given(run.state, lose('a', attempt), claim(6));
    }
    const last = run.when(lose('a', lossLimit + 1));
    expect(last.state).toMatchObject({ status: 'failed', error: { code: 'worker_lost' } });
  });
});

describe('cancel', () => {
  it('ends the run at once, and nothing starts afterwards', () => {
    const run = given(diamond, start, claim()).when(cancel);
    expect(run.events).toEqual(['RunCancelRequested', 'StepCancelled a', 'RunCancelled']);
    expect(run.state).toMatchObject({ status: 'cancelled', cancelRequestedBy: 'ada' });
    const after = given(run.state);
    for (const command of [
      claim(10),
      settle('a', good(), { limit: 9 }),
      tick(1e9),
      lose('a'),
      cancel,
    ]) {
      expect(after.when(command).events).toEqual([]);
    }
  });
});

describe('a step that waits', () => {
  const wait = (more: Partial<Wait> = {}): StepOutcome => ({
    ok: 'wait',
    wait: { kind: 'person', ...more },
  });
  const resume = (end: WaitEnd, attempt = 1): RunCommand => ({
    type: 'resume',
    now: 50,
    stepId: 'a',
    attempt,
    end,
  });
  const steps = [
    aStep('a', [], { kind: 'switch', ports: ['yes', 'no'] }),
    aStep('b', [{ from: 'a', port: 'yes' }]),
    aStep('c', [{ from: 'a', port: 'no' }]),
  ];

  it('is leased by nobody, and its run waits', () => {
    const { state } = given(steps, start, claim(), settle('a', wait()));
    expect(state.status).toBe('waiting');
    expect(state.steps.a).toMatchObject({ status: 'waiting', wait: { kind: 'person' } });
    expect(wakeAt(state)).toBeNull();
  });
  it('goes on where its answer says, and only once', () => {
    const waiting = given(steps, start, claim(), settle('a', wait()));
    const answered = waiting.when(resume({ ok: true, output: 1, ports: ['no'] }));
    expect(answered.events).toEqual(['StepSucceeded a', 'StepSkipped b', 'StepReady c']);
    expect(answered.state.steps.a).not.toHaveProperty('wait');
    const late = resume({ ok: true, output: 2, ports: ['yes'] });
    expect(given(answered.state).when(late).events).toEqual([]);
    expect(waiting.when(resume({ ok: true, output: 1 }, 2)).events).toEqual([]);
  });
  it('fails the run when its answer is a failure', () => {
    const error = { code: 'refused', message: 'No.', retryable: false };
    const refused = given(steps, start, claim(), settle('a', wait())).when(
      resume({ ok: false, error }),
    );
    expect(refused.events).toEqual(['StepFailed a', 'RunFailed']);
  });
  it('ends by itself when its time is over, as it said', () => {
    const end: WaitEnd = { ok: true, output: 'late', ports: ['no'] };
    const waiting = given(steps, start, claim(), settle('a', wait({ until: 500, end })));
    expect(wakeAt(waiting.state)).toBe(500);
    expect(waiting.when(tick(499)).events).toEqual([]);
    expect(waiting.when(tick(500)).events).toEqual([
      'StepSucceeded a',
      'StepSkipped b',
      'StepReady c',
    ]);
  });
  it('stops the clock of its run', () => {
    const waiting = given(aRun(steps, { timeoutMs: 100 }), start, claim(2), settle('a', wait()));
    expect(waiting.when(tick(1_000_000)).events).toEqual([]);
    const answered = waiting.when(resume({ ok: true, output: 1, ports: ['yes'] }));
    // It began at 2, waited from 3 to 50, and has 99 of its 100 ms left then.
    expect(given(answered.state).when(tick(148)).events).toEqual([]);
    expect(given(answered.state).when(tick(149)).events).toContain('RunFailed');
  });
  it('is told when the run is cancelled', () => {
    const waiting = given(steps, start, claim(), settle('a', wait()));
    expect(waiting.when(cancel).events).toContain('StepCancelled a');
  });
});

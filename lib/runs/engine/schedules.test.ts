import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromSnapshot, initialState, toSnapshot } from '@/lib/runs/plan';
import type {
  Plan,
  PlanStep,
  RunCommand,
  RunEvent,
  RunState,
  StepOutcome,
  WaitEnd,
} from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { decide } from './decide';
import { evolve, evolveAll } from './evolve';
import { isEnded, isSettled } from './readiness';
import { lossLimit } from './retry';
import { wakeAt } from './wake-at';

const graphs = Number(process.env.ENSEMBLE_GRAPHS ?? 2_000);

/** Any acyclic graph: step i may have edges from any ports of the steps before it. */
const anyPlan = fc
  .array(
    fc.record({
      ports: fc.integer({ min: 1, max: 3 }),
      attempts: fc.integer({ min: 1, max: 3 }),
      timeoutMs: fc.integer({ min: 5, max: 60 }),
      edges: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn): Plan => {
    const steps: PlanStep[] = [];
    drawn.forEach((one, index) => {
      const incoming = one.edges.flatMap(([from, port]) => {
        const source = index === 0 ? undefined : steps[from % index];
        if (source === undefined) return [];
        return { from: source.id, port: source.ports[port % source.ports.length] ?? 'out' };
      });
      const kind = one.ports > 1 ? 'switch' : 'task';
      const ports =
        kind === 'task' ? ['out'] : Array.from({ length: one.ports }, (_, p) => `p${p}`);
      const retry = { attempts: one.attempts, backoffMs: 4, maxBackoffMs: 10 };
      steps.push(aStep(`s${index}`, incoming, { kind, ports, retry, timeoutMs: one.timeoutMs }));
    });
    return aPlan(steps, { timeoutMs: 400 });
  });

const workers = ['w0', 'w1', 'w2'];
const anyAction = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant('settle' as const) },
    { weight: 5, arbitrary: fc.constant('claim' as const) },
    { weight: 2, arbitrary: fc.constantFrom('fail' as const, 'fail for good' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('repeat' as const, 'foreign' as const, 'late' as const),
    },
    { weight: 2, arbitrary: fc.constantFrom('lose' as const, 'tick' as const) },
    { weight: 1, arbitrary: fc.constantFrom('wait' as const, 'restart' as const) },
    { weight: 3, arbitrary: fc.constantFrom('suspend' as const, 'resume' as const) },
    { weight: 1, arbitrary: fc.constantFrom('resume late' as const, 'resume badly' as const) },
  ),
  pick: fc.nat(),
  limit: fc.integer({ min: 0, max: 4 }),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});
type Action = { what: string; pick: number; limit: number; random: number };
type Leased = { stepId: string; attempt: number; worker: string };

/** A run under a schedule, which checks each promise at each step. */
function play(plan: Plan, actions: readonly Action[], cancelAfter: number) {
  const first = initialState(plan, { mode: 'live', input: { n: 1 }, now: 0 });
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const started = new Set<string>();
  const journal: RunEvent[] = [];
  const settled: RunCommand[] = [];
  const resumed: { stepId: string; attempt: number }[] = [];
  let lost: Leased[] = [];
  let leased: Leased[] = [];
  let state = first;
  let now = 0;

  const check = (before: RunState, event: RunEvent) => {
    expect(event.seq).toBe(before.seq + 1);
    expect(isEnded(before.status)).toBe(false);
    if (event.type !== 'StepStarted') return;
    const key = `${event.stepId}/${event.attempt}`;
    expect(started.has(key)).toBe(false);
    started.add(key);
    leased.push(event);
    const edges = byId.get(event.stepId)?.incoming ?? [];
    const open = edges.filter(({ from }) => !isSettled(before.steps[from]?.status ?? 'pending'));
    expect(open).toEqual([]);
    if (edges.length === 0) return;
    expect(edges.some(({ from, port }) => before.steps[from]?.ports?.includes(port))).toBe(true);
  };
  const ask = (command: RunCommand): RunEvent[] => {
    const frozen = JSON.stringify(state);
    const events = decide(state, command);
    expect(JSON.stringify(state)).toBe(frozen);
    if ('limit' in command) {
      const starts = events.filter((event) => event.type === 'StepStarted').length;
      expect(starts).toBeLessThanOrEqual(command.limit);
    }
    for (const event of events) {
      check(state, event);
      state = evolve(state, event);
      journal.push(event);
    }
    leased = leased.filter(({ stepId, attempt }) => {
      const step = state.steps[stepId];
      return step?.status === 'running' && step.attempt === attempt;
    });
    return events;
  };
  const waiting = () =>
    Object.entries(state.steps).flatMap(([stepId, { status, attempt }]) =>
      status === 'waiting' ? { stepId, attempt } : [],
    );
  const resume = (of: { stepId: string; attempt: number }, ok = true) => {
    const end: WaitEnd = ok
      ? { ok, output: 'answer', ports: byId.get(of.stepId)?.ports.slice(0, 1) ?? [] }
      : { ok, error: { code: 'refused', message: '', retryable: false } };
    return ask({ type: 'resume', now, ...of, end });
  };
  const outcomeOf = (action: Action, step: PlanStep | undefined): StepOutcome => {
    if (action.what === 'suspend') {
      // Some waits end by themselves, some at once, and some only when somebody ends them.
      const until = action.pick % 3 === 0 ? {} : { until: now + (action.pick % 30) };
      const end: WaitEnd = { ok: true, output: 'time' };
      return { ok: 'wait', wait: { kind: 'person', ...until, end } };
    }
    if (action.what.startsWith('fail')) {
      const retryable = action.what === 'fail';
      return { ok: false, error: { code: 'broken', message: '', retryable } };
    }
    const ports = step?.ports.filter((_, index) => ((action.pick >> index) & 1) === 1);
    return step?.kind === 'switch' && ports
      ? { ok: true, output: action.pick, ports }
      : { ok: true, output: action.pick };
  };
  const settleCommand = (of: Leased, action: Action): RunCommand => ({
    type: 'settle',
    now,
    ...of,
    random: action.random,
    outcome: outcomeOf(action, byId.get(of.stepId)),
    limit: action.limit,
  });
  const act = (action: Action) => {
    now += action.pick % 4;
    const worker = workers[action.pick % workers.length] ?? 'w0';
    const target = leased[action.pick % Math.max(leased.length, 1)];
    const of = target && { stepId: target.stepId, attempt: target.attempt, worker: target.worker };
    switch (action.what) {
      case 'claim':
        ask({ type: 'claim', now, random: action.random, worker, limit: action.limit });
        break;
      case 'settle':
      case 'fail':
      case 'fail for good':
      case 'suspend':
        if (of) {
          const command = settleCommand(of, action);
          expect(ask(command).length).toBeGreaterThan(0);
          settled.push(command);
        }
        break;
      case 'resume':
      case 'resume badly': {
        const one = waiting()[action.pick % Math.max(waiting().length, 1)];
        if (one) {
          expect(resume(one, action.what === 'resume').length).toBeGreaterThan(0);
          resumed.push(one);
        }
        break;
      }
      case 'resume late':
        for (const one of resumed) expect(resume(one)).toEqual([]);
        for (const one of waiting())
          expect(resume({ ...one, attempt: one.attempt + 1 })).toEqual([]);
        break;
      case 'repeat': {
        const command = settled[action.pick % Math.max(settled.length, 1)];
        if (command) expect(ask({ ...command, now })).toEqual([]);
        break;
      }
      case 'foreign':
        if (of) {
          expect(ask(settleCommand({ ...of, worker: 'stranger' }, action))).toEqual([]);
          expect(ask(settleCommand({ ...of, attempt: of.attempt + 1 }, action))).toEqual([]);
          expect(ask({ type: 'lose', now, ...of, worker: 'stranger' })).toEqual([]);
        }
        break;
      case 'late':
        for (const zombie of lost) expect(ask(settleCommand(zombie, action))).toEqual([]);
        break;
      case 'lose':
        if (of) {
          ask({ type: 'lose', now, ...of });
          lost = [...lost, of];
        }
        break;
      case 'tick':
        ask({ type: 'tick', now, random: action.random });
        break;
      case 'wait':
        now += 20;
        break;
      case 'restart':
        state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state))), first);
        break;
    }
  };

  ask({ type: 'start', now });
  actions.forEach((action, index) => {
    if (index === cancelAfter) ask({ type: 'cancel', now, by: 'someone' });
    act(action);
  });
  // Left alone with a worker, every run comes to its end.
  for (let round = 0; !isEnded(state.status); round += 1) {
    expect(round).toBeLessThan(200);
    const wake = wakeAt(state);
    if (wake === null) {
      // Nothing but somebody's answer can move it.
      expect(state.status).toBe('waiting');
      for (const one of waiting()) resume(one);
      continue;
    }
    if (leased.length === 0) now = Math.max(now, wake);
    ask({ type: 'claim', now, random: 0.5, worker: 'w0', limit: 2 });
    for (const { stepId, attempt, worker } of [...leased]) {
      ask({
        type: 'settle',
        now,
        worker,
        stepId,
        attempt,
        random: 0.5,
        limit: 1,
        outcome: { ok: true, output: null },
      });
    }
  }
  return { first, journal, state };
}

function checkEnd(plan: Plan, state: RunState): void {
  expect(wakeAt(state)).toBeNull();
  for (const step of plan.steps) {
    const at = state.steps[step.id];
    expect(isSettled(at?.status ?? 'pending')).toBe(true);
    expect(at?.failures ?? 0).toBeLessThanOrEqual(step.retry.attempts);
    expect(at?.losses ?? 0).toBeLessThanOrEqual(lossLimit);
    if (state.status !== 'succeeded') continue;
    const taken = step.incoming.some(({ from, port }) => state.steps[from]?.ports?.includes(port));
    expect(at?.status).toBe(taken || step.incoming.length === 0 ? 'succeeded' : 'skipped');
  }
}

it(`keeps its promises over ${graphs} random graphs and schedules`, { timeout: 900_000 }, () => {
  const ends = { succeeded: 0, failed: 0, cancelled: 0 };
  let events = 0;
  fc.assert(
    fc.property(
      anyPlan,
      fc.array(anyAction, { maxLength: 40 }),
      fc.integer({ min: 0, max: 160 }),
      (plan, actions, cancelAfter) => {
        const { first, journal, state } = play(plan, actions, cancelAfter);
        checkEnd(plan, state);
        const replayed = evolveAll(first, journal);
        expect(replayed).toStrictEqual(state);
        expect(JSON.parse(JSON.stringify(replayed))).toStrictEqual(replayed);
        expect(evolveAll(state, journal)).toBe(state);
        const late: RunCommand = { type: 'cancel', now: 1e6, by: 'late' };
        expect(decide(state, late)).toEqual([]);
        ends[state.status as keyof typeof ends] += 1;
        events += journal.length;
      },
    ),
    { numRuns: graphs, seed: Number(process.env.ENSEMBLE_SEED ?? 20_261_121) },
  );
  // A schedule that never ends one way or the other would prove little.
  for (const count of Object.values(ends)) expect(count).toBeGreaterThan(graphs / 50);
  process.stdout.write(
    `runs: ${graphs} random graphs, ${events} events, ${JSON.stringify(ends)}\n`,
  );
});

it('refuses a gap in the events', () => {
  const state = initialState(aPlan([aStep('a')]), { mode: 'live', input: null, now: 0 });
  const events = decide(state, { type: 'start', now: 1 });
  expect(() => evolveAll(state, events.slice(1))).toThrow(RangeError);
});

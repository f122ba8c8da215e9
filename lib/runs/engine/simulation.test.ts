import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Plan, PlanStep, RunEvent } from '@/lib/runs/schema';
import { brokenPromises } from '@/lib/runs/testing/oracle';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { type Broken, type Schedule, simulate } from '@/lib/runs/testing/simulation';

/** `ENSEMBLE_SCHEDULES` and `ENSEMBLE_SEED` say how many and which; a failure prints the seed and path that replay it. */
const schedules = Number(process.env.ENSEMBLE_SCHEDULES ?? 4_000);
const seed = Number(process.env.ENSEMBLE_SEED ?? 4_202_611);

const anyStep = fc.record({
  ports: fc.integer({ min: 1, max: 3 }),
  attempts: fc.integer({ min: 1, max: 3 }),
  timeoutMs: fc.integer({ min: 20, max: 120 }),
  edges: fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 2 })), { maxLength: 3 }),
  onError: fc.option(fc.constantFrom('port' as const, 'on' as const), { freq: 2 }),
  effects: fc.option(fc.constantFrom('once' as const, 'ask' as const), { freq: 2 }),
  join: fc.option(fc.constantFrom('all' as const, 1, 2), { freq: 2 }),
  priority: fc.option(fc.integer({ min: -2, max: 2 }), { freq: 1 }),
  kind: fc.constantFrom(...Array.from({ length: 12 }, () => 'task' as const), 'stop', 'handler'),
});

/** Any acyclic graph with every rule that a step may have. */
const anyPlan = fc.array(anyStep, { minLength: 1, maxLength: 14 }).map((drawn): Plan => {
  const steps: PlanStep[] = [];
  const handling = new Set<string>();
  drawn.forEach((one, index) => {
    const handler = one.kind === 'handler' && index > 0;
    const kind = handler ? 'handler' : one.kind === 'stop' && index > 2 ? 'stop' : 'task';
    const incoming = (handler ? [] : one.edges).flatMap(([from, port]) => {
      const source = index === 0 ? undefined : steps[from % index];
      const ports = source && [
        ...source.ports,
        ...(source.onError?.go === 'port' ? ['error'] : []),
      ];
      return source && ports
        ? [{ from: source.id, port: ports[port % ports.length] ?? 'out' }]
        : [];
    });
    // The usual way and the way of errors do not meet.
    const first = handling.has(incoming[0]?.from ?? '');
    const edges = incoming.filter(({ from }) => handling.has(from) === first);
    const id = `s${index}`;
    if (handler || (first && edges.length > 0)) handling.add(id);
    const several = kind === 'task' && one.ports > 1;
    steps.push(
      aStep(id, edges, {
        kind: several ? 'switch' : kind,
        ports: several ? Array.from({ length: one.ports }, (_, p) => `p${p}`) : ['out'],
        retry: { attempts: one.attempts, backoffMs: 4, maxBackoffMs: 10 },
        timeoutMs: one.timeoutMs,
        ...(one.onError === 'port' ? { onError: { go: 'port' } } : {}),
        ...(one.onError === 'on' ? { onError: { go: 'on', output: null } } : {}),
        ...(one.effects ? { effects: one.effects } : {}),
        ...(one.join && edges.length > 1
          ? { join: { need: one.join, cancelRest: index % 2 === 0 } }
          : {}),
        ...(one.priority ? { priority: one.priority } : {}),
      }),
    );
  });
  return aPlan(steps, { timeoutMs: 3_000 });
});

const at = fc.integer({ min: 0, max: 200 });
const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  plans: fc.array(anyPlan, { minLength: 1, maxLength: 3 }),
  faults: fc.array(
    fc.record({
      at,
      kind: fc.constantFrom('stop' as const, 'pause' as const, 'clock' as const, 'cut' as const),
      worker: fc.nat({ max: 2 }),
      ms: fc.integer({ min: 1, max: 150 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  deeds: fc.array(
    fc.record({
      at,
      kind: fc.constantFrom('cancel' as const, 'pause', 'continue', 'answer', 'answer'),
      run: fc.nat({ max: 2 }),
    }),
    { maxLength: 4 },
  ),
});

/** Events that must be seen often, or the schedules would be too kind. */
const counted: Partial<
  Record<RunEvent['type'], 'lost' | 'retried' | 'waited' | 'handled' | 'paused'>
> = {
  StepLost: 'lost',
  StepRetryScheduled: 'retried',
  StepWaiting: 'waited',
  RunFailing: 'handled',
  RunPaused: 'paused',
};

const play = (runs: number, broken?: Broken) => {
  const counts = {
    ...{ events: 0, effects: 0, succeeded: 0, failed: 0, cancelled: 0 },
    ...{ lost: 0, retried: 0, waited: 0, handled: 0, paused: 0 },
  };
  const result = fc.check(
    fc.property(anySchedule, (schedule) => {
      const simulated = simulate(schedule, broken);
      counts.effects += simulated.ledger.effects.length;
      for (const { journal, state } of simulated.rows) {
        counts.events += journal.length;
        for (const { type } of journal) {
          const name = counted[type];
          if (name) counts[name] += 1;
        }
        if (state.status in counts) counts[state.status as 'failed'] += 1;
      }
      expect(brokenPromises(simulated)).toEqual([]);
    }),
    { numRuns: runs, seed },
  );
  return { counts, result };
};

it(`keeps its promises over ${schedules} schedules of a system that breaks`, {
  timeout: 900_000,
}, () => {
  const { counts, result } = play(schedules);
  process.stdout.write(
    `simulation: ${schedules} schedules, ${JSON.stringify(counts)}, seed ${seed}\n`,
  );
  if (result.failed) {
    throw new Error(`${result.errorInstance}\n${fc.defaultReportMessage(result)}`);
  }
  // A system in which nothing ever fails, or nothing ever works, would prove little.
  for (const one of Object.values(counts)) expect(one).toBeGreaterThan(schedules / 50);
});

it.each<Broken>(['fencing', 'sweeper', 'acknowledge'])(
  'finds out a build without: %s',
  { timeout: 120_000 },
  (broken) => {
    const { result } = play(2_000, broken);
    expect(result.failed).toBe(true);
    process.stdout.write(
      `simulation, broken (${broken}): found after ${result.numRuns} schedules\n`,
    );
  },
);

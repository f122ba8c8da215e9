import { createDeliveries, type Deliveries } from '@/server/events/deliver';
import type { Services } from '@/server/services';
import { createExecutor, type Executor, keyOfLeased as keyOf } from './executor';
import { beat, endLease, forgetWorkers, sweep, type WorkerState } from './leases';
import { createPartialTexts } from './partial-text';
import type { RunStep } from './task';

export type Worker = {
  id: string;
  /** Takes nothing more, finishes what runs (at most `patienceMs`), gives the rest back, and ends the lease. */
  drain(patienceMs?: number): Promise<void>;
};

type Needs = Pick<
  Services,
  'config' | 'log' | 'pool' | 'healthPool' | 'bus' | 'queue' | 'engine' | 'childRuns'
>;
type Options = {
  id: string;
  name: string;
  runStep: RunStep;
  /**
   * Called for each step that still goes on a second after it was given up. Nothing in a process can end it but the
   * end of the process.
   */
  onStuck?: (() => void) | undefined;
};

/** Runs that one process looks at at once: a look is a commit, not a step's work. */
const wakeUpConcurrency = 50;
/** Within the grace that a process has when it is told to end. */
const drainPatienceMs = 6000;

/** The loops of a worker around any way of doing steps. */
export async function startWorkerWith(services: Needs, options: Options): Promise<Worker> {
  const { config, engine, bus, queue } = services;
  const log = services.log.child({ worker: options.id });
  const deliveries = createDeliveries({ pool: services.pool, engine, log });
  const executor = createExecutor({
    engine,
    bus,
    log,
    worker: options.id,
    capacity: config.workerCapacity,
    runStep: options.runStep,
    childRuns: services.childRuns,
    texts: createPartialTexts(services.pool, log),
    onWait(workspaceId, channel) {
      // The sweep looks again.
      deliveries.look(workspaceId, channel).catch((error: unknown) => {
        log.warn({ err: error, channel }, 'kept events could not be looked for');
      });
    },
    onStuck: options.onStuck,
  });
  const lease = keepLease(services, options, executor);
  await lease.first;
  const sweepOnce = createSweeper(services, options.id, executor, deliveries);
  const sweeper = repeat(config.sweepMs, sweepOnce, (error) =>
    log.warn({ err: error }, 'a sweep failed'),
  );
  queue.process((runId) => executor.visit(runId), { concurrency: wakeUpConcurrency });
  lease.become('ready');
  log.info({ capacity: config.workerCapacity }, 'the worker is ready');
  return {
    id: options.id,
    async drain(patienceMs = drainPatienceMs) {
      sweeper.stop();
      lease.become('stopping');
      await executor.drain(patienceMs);
      lease.stop();
      await endLease(services.healthPool, options.id).catch(() => undefined);
      log.info('the worker has drained');
    },
  };
}

/**
 * Renews the lease three times in its life and more than once a second. Each renewal also says which attempts are no
 * longer wanted, so that work ends within a second when a message of the bus is lost. A worker whose lease ran out gives
 * up its attempts and takes no new ones.
 */
function keepLease(
  { config, healthPool, engine, log }: Needs,
  options: Options,
  executor: Executor,
) {
  const { leaseMs } = config;
  let renewed = performance.now();
  let state: WorkerState = 'starting';

  const renew = async () => {
    const sent = performance.now();
    const mine = executor.leased();
    const runIds = [...new Set(mine.map(({ runId }) => runId))];
    const { now, leased, others } = await beat(
      healthPool,
      { id: options.id, name: options.name, leaseMs, counters: engine.counters.now, state },
      runIds,
    );
    engine.clock.learn(now, sent, performance.now());
    renewed = sent;
    executor.allow(true);
    executor.learnOfOthers(others);
    const rows = new Set(leased.map(keyOf));
    for (const one of mine) if (!rows.has(keyOf(one))) executor.giveUp(one, 'gone');
  };
  const beats = repeat(Math.min(leaseMs / 3, 800), renew, (error) =>
    log.warn({ err: error }, 'the lease could not be renewed'),
  );
  // On a timer of its own, since a renewal may hang.
  const guard = setInterval(() => {
    if (performance.now() - renewed <= leaseMs) return;
    executor.allow(false);
    executor.giveUpAll('lease');
  }, leaseMs / 4);
  return {
    first: renew(),
    /** Others learn it with the next beat. */
    become(next: WorkerState) {
      state = next;
    },
    stop() {
      beats.stop();
      clearInterval(guard);
    },
  };
}

/** Looks after lost attempts and due runs, at first and then each tenth time thoroughly. */
function createSweeper(
  { healthPool, log }: Needs,
  worker: string,
  executor: Executor,
  deliveries: Deliveries,
) {
  let count = 0;
  let orphans = new Set<string>();
  const each = (work: (() => Promise<void>)[]) =>
    Promise.all(
      work.map((one) =>
        one().catch((error: unknown) => {
          log.error({ err: error }, 'a swept run could not be looked at');
        }),
      ),
    );
  return async () => {
    const thorough = count % 10 === 0;
    count += 1;
    const found = await sweep(healthPool, worker, Math.max(executor.room(), 10), thorough);
    if (found === undefined) return;
    // Attempts that the rows give to this worker but that it does not know, seen twice, go back.
    const unknown = found.own.filter((leased) => !executor.holds(leased));
    const stray = unknown.filter((leased) => orphans.has(keyOf(leased)));
    if (thorough) orphans = new Set(unknown.map(keyOf));
    await each([
      ...(thorough ? [() => deliveries.recover()] : []),
      ...stray.map((leased) => () => executor.lose(leased, worker)),
      ...found.lost.map((leased) => () => executor.lose(leased, leased.worker)),
    ]);
    if (found.lost.length === 0) await forgetWorkers(healthPool);
    await each(found.due.map((runId) => () => executor.visit(runId)));
  };
}

/** Calls `work` again and again, each time `everyMs` after the last call began or at once when that took longer. */
function repeat(everyMs: number, work: () => Promise<void>, onError: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async () => {
    const began = performance.now();
    await work().catch(onError);
    if (!stopped) timer = setTimeout(turn, Math.max(everyMs - (performance.now() - began), 0));
  };
  timer = setTimeout(turn, everyMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, createBus } from '@/server/bus/bus';
import { type Config, databaseUrl } from '@/server/config';
import { createPools } from '@/server/db/pool';
import { createLog } from '@/server/log';
import { createRunQueue, type RunQueue } from '@/server/queue/run-queue';
import { createChildRuns } from '@/server/runs/children/reconcile';
import { createEngine, type Engine } from '@/server/runs/engine/engine';
import type { RunLedger } from '@/server/runs/testing/journals';
import { startWorkerWith } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import type { Break } from './broken';
import { type Gate, gated, gatedWork, type Pools, withQuery } from './failpoints';
import { doStep } from './shapes';

/** How something goes wrong at a failpoint. */
export const modes = ['throw', 'cut', 'pause', 'crash'] as const;
export type Mode = (typeof modes)[number];

/** A worker in this process that can be left in the middle of anything, without any clean-up. */
export type Incarnation = {
  worker: string;
  engine: Engine;
  /** What its use cases run on. */
  services: Services;
  /** Rejects when it was left. */
  died: Promise<never>;
  isPaused(): boolean;
  /** From now on nothing of it goes out any more, and the next incarnation of its lane begins. */
  crash(): void;
};

/** A place where one incarnation follows another on the same connections. */
export type Lane = { now(): Incarnation; close(): Promise<void> };

export type LaneParts = {
  config: Config;
  /** What no failpoint stands around. */
  whole: Services;
  name: string;
  ledger: RunLedger;
  /** Called at every failpoint: what is to go wrong there now. */
  hit(point: string, incarnation: Incarnation): Mode | undefined;
  /** A statement that has no failpoint. */
  unknown(text: string): void;
  /** Breaks the connections of an application. */
  cut(application: string): Promise<void>;
  pauseMs: number;
  /** Makes a broken build of what the incarnations run on. */
  change?: Break | undefined;
};

type Shared = Pools & { bus: Bus; queue: RunQueue; config: Config };
type Slot = {
  incarnation: Incarnation | undefined;
  visit: (runId: string) => Promise<void>;
  closed: boolean;
};

export async function openLane(parts: LaneParts): Promise<Lane> {
  const url = new URL(databaseUrl(parts.config));
  url.searchParams.set('application_name', parts.name);
  const config = { ...parts.config, databaseUrl: url.href };
  const log = createLog(config, parts.name);
  const pools = createPools(config, log);
  const bus = await createBus(config, log);
  // The queue’s library does not survive every cut; its own connections are left alone here.
  const queue = createRunQueue(parts.config, log);
  const slot: Slot = { incarnation: undefined, visit: async () => undefined, closed: false };
  const shared = { ...pools, bus, queue, config };
  await openIncarnation(parts, shared, slot);
  queue.process(async (runId) => slot.visit(runId), { concurrency: 50 });
  return {
    now() {
      if (slot.incarnation === undefined) throw new Error('The lane has no incarnation.');
      return slot.incarnation;
    },
    async close() {
      slot.closed = true;
      slot.incarnation?.crash();
      await Promise.all([queue.close(), bus.close()]);
      await Promise.all([pools.pool.end(), pools.healthPool.end()]);
    },
  };
}

async function openIncarnation(parts: LaneParts, shared: Shared, slot: Slot): Promise<void> {
  const { config } = shared;
  const { promise: died, reject } = Promise.withResolvers<never>();
  died.catch(() => undefined);
  let dead = false;
  let pausedUntil = 0;
  const never = new Promise<never>(() => undefined);
  const whileAwake = async () => {
    while (!dead && Date.now() < pausedUntil) await sleep(pausedUntil - Date.now());
    if (dead) await never;
  };
  const doMode = (mode: Mode) => {
    if (mode === 'crash') incarnation.crash();
    if (mode === 'pause') pausedUntil = Date.now() + parts.pauseMs;
  };
  const gate: Gate = {
    async pass(point) {
      await whileAwake();
      const mode = parts.hit(point, incarnation);
      if (mode === undefined) return;
      if (mode === 'throw') throw connectionLost();
      doMode(mode);
      // Before a statement its connection breaks while it is under way.
      const cut = mode === 'cut' ? parts.cut(parts.name) : undefined;
      if (point.endsWith('after')) await cut;
      await whileAwake();
    },
    passNow(point) {
      if (dead) return false;
      const mode = parts.hit(point, incarnation);
      if (mode !== undefined) doMode(mode);
      if (mode === 'cut') void parts.cut(parts.name);
      return mode !== 'throw' && !dead;
    },
    unknown: parts.unknown,
  };
  const log = createLog(config, parts.name);
  const built = (pool: Pools['pool']) =>
    withQuery(pool, (query) => parts.change?.(query, () => dead) ?? query);
  const { pool, healthPool } = shared;
  const ports = gated({ ...shared, pool: built(pool), healthPool: built(healthPool) }, gate);
  const engine = createEngine({ ...ports, log, sealKey: config.masterKey });
  const childRuns = createChildRuns({ pool: ports.pool, engine, log });
  const incarnation: Incarnation = {
    worker: randomUUID(),
    engine,
    services: { ...parts.whole, ...ports, config, log, engine, childRuns },
    died,
    isPaused: () => !dead && Date.now() < pausedUntil,
    crash() {
      if (dead) return;
      dead = true;
      reject(new Error('The process is gone.'));
      if (!slot.closed) void openIncarnation(parts, shared, slot);
    },
  };
  slot.incarnation = incarnation;
  const queue = {
    ...ports.queue,
    process(handler: (runId: string) => Promise<void>) {
      // Who is gone must not keep the jobs of the next one.
      slot.visit = (runId) => Promise.race([handler(runId), died.catch(() => undefined)]);
    },
  };
  const services = {
    ...ports,
    queue,
    log,
    config,
    childRuns,
    engine: noting(engine, parts.ledger),
  };
  const work = gatedWork((task) => {
    parts.ledger.effects.push(`${task.runId}/${task.step.id}/${task.attempt}`);
    return doStep(ports, task);
  }, gate);
  const worker = startWorkerWith(services, {
    id: incarnation.worker,
    name: parts.name,
    runStep: work,
  });
  // A first lease that fails ends a process; another one follows.
  worker.catch(() => incarnation.crash());
  await Promise.race([worker, died]).catch(() => undefined);
}

/** Notes which results were acknowledged to a worker. */
function noting(engine: Engine, ledger: RunLedger): Engine {
  return {
    ...engine,
    async dispatch(runId, command, patienceMs) {
      const dispatched = await engine.dispatch(runId, command, patienceMs);
      if (command.type === 'settle' && dispatched && dispatched.events.length > 0) {
        ledger.acknowledged.add(`${runId}/${command.stepId}/${command.attempt}`);
      }
      return dispatched;
    },
  };
}

const connectionLost = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { chanceOf } from '@/lib/runs/testing/chance';
import { createServices } from '@/server/compose';
import { type Config, databaseUrl } from '@/server/config';
import { brokenRuns, newLedger } from '@/server/runs/testing/journals';
import { anEcho, anEditor } from '@/server/triggers/testing/fixture';
import type { Break } from './broken';
import { failpoints } from './failpoints';
import { makeTriggers } from './fault-triggers';
import { type Lane, openLane } from './incarnations';
import { createLoad } from './load';
import { brokenNotified, newNotified } from './notified';
import { allTrials, createTrials, type Trial } from './trials';

export type FaultSuiteOptions = {
  config: Config;
  seed: number;
  /** How often each failpoint × mode is tried, at first and during recovery each. */
  occurrences: number;
  /** Only so many of them, spread evenly over all. */
  max?: number;
  /** Only trials at these failpoints. */
  points?: readonly string[];
  lanes?: number;
  /** Makes a broken build of what the incarnations run on. */
  change?: Break;
  /** How long the trials may take. */
  limitMs: number;
  /** How long the last runs may take to come to their end. */
  patienceMs?: number;
};

export type FaultSuiteReport = {
  trials: number;
  recovering: number;
  runs: number;
  /** Failpoints that nothing passed. */
  never: string[];
  missed: Trial[];
  failures: string[];
  unknown: string[];
};

/** Runs of all shapes on workers to which something happens at every failpoint; afterwards all must be as promised. */
export async function runFaultSuite(options: FaultSuiteOptions): Promise<FaultSuiteReport> {
  const { config, seed, occurrences } = options;
  const random = chanceOf(seed);
  const pool = new Pool({ connectionString: databaseUrl(config), max: 4 });
  pool.on('error', () => undefined);
  const ledger = newLedger();
  const unknown = new Set<string>();
  const trials = createTrials(pool);
  const count = options.lanes ?? 6;
  const cut = async (name: string) => {
    const text =
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()';
    await pool.query(text, [name]).catch(() => undefined);
  };
  const lanes: Lane[] = [];
  const { whole, ...fixture } = await openFixture(config, pool);
  const notified = newNotified();
  for (let n = 0; n < count; n += 1) {
    const lane = await openLane({
      config,
      whole,
      name: `lane-${seed}-${n}`,
      ledger,
      hit: (point, incarnation) => trials.hit(point, incarnation, count),
      unknown: (text) => unknown.add(text),
      cut,
      pauseMs: config.leaseMs * 1.6,
      change: options.change,
    });
    lanes.push(lane);
  }
  const drawn = () => lanes[Math.floor(random() * lanes.length)] as Lane;
  const load = createLoad({
    ...fixture,
    pool,
    ledger,
    notified,
    random,
    anybody: () => drawn().now(),
    width: 40,
  });
  try {
    const all = spread(
      allTrials(occurrences, random).filter(({ point }) => options.points?.includes(point) ?? true),
      options.max,
    );
    const missed = await trials.play(all, () => lanes.map((lane) => lane.now()), options.limitMs);
    const open = await load.settle(options.patienceMs ?? 30_000);
    await untilHeard(pool);
    const failures = await brokenRuns(pool, ledger);
    failures.push(...(await brokenNotified(pool, notified)));
    failures.push(...open.map((id) => `run ${id} never ended`));
    return {
      trials: trials.fired.length,
      recovering: trials.fired.filter(({ recovering }) => recovering).length,
      runs: ledger.started.size,
      never: (options.points ?? failpoints).filter((point) => !trials.hits.has(point)),
      missed,
      failures,
      unknown: [...unknown],
    };
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    await Promise.all([whole.close(), pool.end()]);
  }
}

/** `max` of them at equal distances, in their order; all when there are fewer. */
function spread<T>(all: readonly T[], max = all.length): T[] {
  if (all.length <= max) return [...all];
  return Array.from({ length: max }, (_, n) => all[Math.floor((n * all.length) / max)] as T);
}

/** Who and what a load needs: an editor with a published workflow and its triggers. */
export async function openFixture(config: Config, pool: Pool) {
  const whole = await createServices(config, 'faults');
  const actor = await anEditor(whole);
  await addMember(pool, actor);
  const workflowId = await anEcho(whole, actor);
  const triggers = await makeTriggers(whole, actor, workflowId);
  return { whole, actor, workflowId, triggers };
}

/** Somebody who is told of what waits for people. */
async function addMember(pool: Pool, { userId, workspaceId, name, role }: Actor): Promise<void> {
  await pool.query(
    'insert into "user" (id, name, email, "emailVerified", "updatedAt") values ($1, $2, $3, true, now())',
    [userId, name, 'ada@example.test'],
  );
  await pool.query(
    'insert into member (id, "organizationId", "userId", role) values ($1, $2, $3, $4)',
    [randomUUID(), workspaceId, userId, role],
  );
}

/** Ends of children may still be on their way to their parents, and runs that nobody knows of on theirs. */
export async function untilHeard(pool: Pool): Promise<void> {
  for (let n = 0; n < 200; n += 1) {
    const text = 'select 1 from run where wake_at is not null limit 1';
    if ((await pool.query(text)).rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chanceOf } from '@/lib/runs/testing/chance';
import type { broken } from '@/server/runs/testing/faults/broken';
import { scratchFolder } from '@/server/testing/scratch';
import { createClient, openLedger, signUp } from './client';
import { openChaosEffects } from './effects';
import { breakIt, drawn, type Fault, faultsOf } from './faults';
import { judge, type Promises } from './judge';
import { createLoad } from './load';
import { chaosShapes } from './shapes';
import { type Entries, openChaosWorld } from './world';

export type ChaosOptions = {
  seed: number;
  /** How long things go wrong, in milliseconds. */
  forMs: number;
  /** Runs under way at once. */
  width: number;
  /** How long everything may take to come to its end afterwards. */
  patienceMs: number;
  entries: Entries;
  /** Queue and bus on Redis, or on Postgres. */
  withRedis: boolean;
  /** How the processes are broken on purpose. */
  broken?: keyof typeof broken;
  /** What may go wrong; everything unless it is given. */
  faults?: readonly Fault[];
};
export type ChaosReport = {
  seed: number;
  faults: Record<string, number>;
  runs: Record<string, number>;
  promises: Promises;
};

/** The product under load while its processes are killed, paused, cut off and wiped; then all heals, and it is judged. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, forMs, width, withRedis } = options;
  const random = chanceOf(seed);
  const world = await openChaosWorld(options.entries, {
    withRedis,
    broken: options.broken,
  });
  const effects = await openChaosEffects();
  const folder = scratchFolder('ledger');
  const file = join(folder, 'ledger');
  try {
    let giveUpAt = Number.POSITIVE_INFINITY;
    const asking = { origin: world.web.url, giveUpAt: () => giveUpAt };
    const client = await signUp(asking);
    const { pool } = world;
    const load = createLoad({
      client,
      stranger: createClient(asking, {}),
      pool,
      ledger: openLedger(file),
      seed,
      width,
      isOver: () => Date.now() >= giveUpAt,
    });
    await load.open(chaosShapes(effects.url));
    const counts = await breakThings();
    giveUpAt = Date.now() + options.patienceMs;
    await load.end();
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    const promises = await judge({
      pool,
      lines: lines.map((line) => JSON.parse(line)),
      effects: effects.seen,
      shapes: load.shapes,
      deaths: world.deaths(),
    });
    return { seed, faults: counts, runs: load.counts, promises };
  } finally {
    await world.close();
    await effects.close();
    rmSync(folder, { recursive: true, force: true });
  }

  async function breakThings(): Promise<Record<string, number>> {
    const kinds = options.faults ?? faultsOf(world);
    const counts: Record<string, number> = {};
    const until = Date.now() + forMs;
    const background: Promise<void>[] = [];
    // Each kind once, however short it is.
    const first = [...kinds].sort(() => random() - 0.5);
    const gapMs = Math.min(1_500, forMs / (kinds.length + 1));
    while (Date.now() < until || first.length > 0) {
      await sleep(gapMs * (0.3 + random() * 1.4));
      const fault = first.pop() ?? drawn(kinds, random());
      counts[fault] = (counts[fault] ?? 0) + 1;
      background.push(breakIt(world, fault, random).catch(() => undefined));
    }
    await Promise.all(background);
    counts['answers lost'] = world.postgres.way.lost();
    return counts;
  }
}

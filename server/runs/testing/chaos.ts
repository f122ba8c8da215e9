import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { chanceOf } from '@/lib/runs/testing/chance';
import { scratchFolder } from '@/server/testing/scratch';
import { type ChaosLedger, type Client, openLedger, signUp } from './chaos-client';
import { openChaosEffects } from './chaos-effects';
import { judge, type Promises } from './chaos-judge';
import { type ChaosShape, chaosShapes } from './chaos-shapes';
import { type ChaosWorld, type Entries, openChaosWorld } from './chaos-world';

export type ChaosOptions = {
  seed: number;
  /** How long things go wrong, in milliseconds. */
  forMs: number;
  /** Runs under way at once. */
  width: number;
  /** How long everything may take to come to its end afterwards. */
  patienceMs: number;
  entries: Entries;
  env?: Readonly<Record<string, string>>;
};
export type ChaosReport = {
  seed: number;
  faults: Record<string, number>;
  runs: Record<string, number>;
  promises: Promises;
};

const faults = {
  worker: 6,
  'worker paused': 4,
  web: 2,
  redis: 2,
  'redis wiped': 2,
  postgres: 1,
} as const;
type Fault = keyof typeof faults;

/** The product under load while its processes are killed, paused and wiped; then all heals, and it is judged. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, forMs } = options;
  const random = chanceOf(seed);
  const world = await openChaosWorld(options.entries, options.env);
  const effects = await openChaosEffects();
  const folder = scratchFolder('ledger');
  const file = join(folder, 'ledger');
  try {
    const client = await signUp(world.web.url);
    const load = createLoad(client, openLedger(file), options);
    await load.open(chaosShapes(effects.url));
    const counts: Record<string, number> = {};
    const until = Date.now() + forMs;
    const background: Promise<void>[] = [];
    // Each kind once, however short it is.
    const first = (Object.keys(faults) as Fault[]).sort(() => random() - 0.5);
    while (Date.now() < until) {
      await sleep(400 + random() * 1600);
      const fault = first.pop() ?? drawn(random());
      counts[fault] = (counts[fault] ?? 0) + 1;
      background.push(breakIt(world, fault, random));
    }
    await Promise.allSettled(background);
    await load.end(options.patienceMs);
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    const promises = await judge({
      pool: world.pool,
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
}

function drawn(random: number): Fault {
  const entries = Object.entries(faults) as [Fault, number][];
  let left = random * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [fault, weight] of entries) {
    left -= weight;
    if (left < 0) return fault;
  }
  return 'worker';
}

async function breakIt(world: ChaosWorld, fault: Fault, random: () => number): Promise<void> {
  const worker = world.workers[Math.floor(random() * world.workers.length)];
  switch (fault) {
    case 'worker':
      worker?.kill();
      return;
    case 'worker paused':
      await worker?.freeze(500 + random() * 2500);
      return;
    case 'web':
      world.web.kill();
      return;
    case 'redis':
      await world.redis.kill();
      await sleep(random() * 1000);
      await world.redis.start();
      return;
    case 'redis wiped': {
      const redis = new Redis(world.redis.url, { lazyConnect: true, retryStrategy: () => null });
      redis.on('error', () => undefined);
      await redis
        .connect()
        .then(() => redis.flushall())
        .catch(() => undefined);
      redis.disconnect();
      return;
    }
    case 'postgres': {
      const pid = world.postgres.pid();
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }
  }
}

/** Keeps runs under way over the REST interface, and writes down every answer. */
function createLoad(client: Client, ledger: ChaosLedger, { seed, width }: ChaosOptions) {
  const random = chanceOf(seed + 1);
  const shapes = new Map<string, ChaosShape>();
  const counts: Record<string, number> = {};
  const under = new Set<Promise<void>>();
  let ids: [workflowId: string, shape: ChaosShape][] = [];
  let over = false;
  let giveUpAt = Number.POSITIVE_INFINITY;

  const one = async () => {
    const [workflowId, shape] = ids[Math.floor(random() * ids.length)] ?? [];
    if (workflowId === undefined || shape === undefined) return;
    const headers = { 'idempotency-key': randomUUID() };
    const start = () => client.ask('POST', `/workflows/${workflowId}/runs`, { input: {} }, headers);
    const started = await start();
    if (started.status !== 202) {
      ledger.note({ what: 'refused', run: '', answer: started });
      return;
    }
    const run: string = started.body.id;
    shapes.set(run, shape);
    counts[shape.name] = (counts[shape.name] ?? 0) + 1;
    ledger.note({ what: 'started', run });
    if (random() < 0.2) ledger.note({ what: 'again', run, same: (await start()).body.id });
    await sleep(random() * 800);
    if (shape.deed) await act(run, shape.deed);
    while (Date.now() < giveUpAt) {
      const { body } = await client.ask('GET', `/runs/${run}`);
      if (body?.finishedAt) {
        const { status, output, finishedAt } = body;
        ledger.note({ what: 'ended', run, status, output, finishedAt });
        return;
      }
      await sleep(250);
    }
  };
  const act = async (run: string, deed: NonNullable<ChaosShape['deed']>) => {
    if (deed === 'cancel') {
      const { body } = await client.ask('POST', `/runs/${run}/cancel`);
      if (body?.status === 'cancelled') ledger.note({ what: 'cancelled', run });
    } else if (deed === 'pause') {
      await client.ask('POST', `/runs/${run}/pause`);
      await sleep(random() * 800);
      await client.ask('POST', `/runs/${run}/continue`);
    } else {
      const answer = { decision: 'approved', comment: '', values: {} };
      while (Date.now() < giveUpAt) {
        const { status } = await client.ask('POST', `/runs/${run}/steps/ask/answer`, { answer });
        if (status === 200) ledger.note({ what: 'answered', run });
        if (status === 200 || (await client.ask('GET', `/runs/${run}`)).body?.finishedAt) return;
        await sleep(200);
      }
    }
  };
  const pump = async () => {
    while (!over) {
      while (under.size < width) {
        const work = one()
          .catch((error: unknown) => ledger.note({ what: 'lost', run: '', error: String(error) }))
          .finally(() => under.delete(work));
        under.add(work);
      }
      await sleep(30);
    }
  };
  let pumping: Promise<void> | undefined;
  return {
    shapes,
    counts,
    async open(all: readonly ChaosShape[]) {
      for (const shape of all) {
        const made = await client.ask('POST', '/workflows', shape.definition);
        const published = await client.ask('POST', `/workflows/${made.body.id}/publish`);
        if (published.status !== 201)
          throw new Error(JSON.stringify([shape.name, made, published]));
        ids = [...ids, [made.body.id, shape]];
      }
      pumping = pump();
    },
    async end(patienceMs: number) {
      over = true;
      giveUpAt = Date.now() + patienceMs;
      await pumping;
      await Promise.all(under);
    },
  };
}

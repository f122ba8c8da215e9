import { randomUUID } from 'node:crypto';
import type { Plan } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { makeWorkspace, openHarness } from '@/server/runs/testing/harness';
import { chainOf, fanOf } from './contestants/ensemble';
import { median, percentile, rounded } from './figures';
import { openStage } from './stage';

const long = { timeoutMs: 300_000 };

type Harness = Awaited<ReturnType<typeof openHarness>>;

/** Starts a run and resolves when its last event is committed. */
async function run(harness: Harness, workspaceId: string, plan: Plan): Promise<number> {
  const id = randomUUID();
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = await harness.bus.subscribe(`run:${id}`, (message) => {
    if (message.kind !== 'events') return;
    if (message.events?.some((event) => event.type === 'RunSucceeded')) resolve();
  });
  const began = performance.now();
  await harness.engine.start({
    ...{ id, workspaceId, plan, name: 'bench', mode: 'live', trigger: 'api' },
    ...{ definitionHash: 'x', input: {} },
  });
  await promise;
  end();
  return performance.now() - began;
}

/** `runs` runs over `lanes` lanes: how many a second, and how long one takes. */
async function lap(harness: Harness, workspaceId: string, plan: Plan, lanes: number, runs: number) {
  const times: number[] = [];
  let left = runs;
  const begun = performance.now();
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      times.push(await run(harness, workspaceId, plan));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: times.length / seconds, ms: median(times), p95Ms: percentile(times, 0.95) };
}

/** How the engine takes many runs, wide ones and long ones, and what runs cost that only wait for a slow model. */
export async function benchShapes(rounds = Number(process.env.ROUNDS ?? 5)): Promise<object> {
  const stage = await openStage();
  const harness = await openHarness({ ...stage.config, workerCapacity: 2_000 }, 'bench');
  const workspaceId = await makeWorkspace(harness.pool);
  const slow: (() => void)[] = [];
  await harness.work(({ step }) =>
    step.id === 'slow'
      ? new Promise((resolve) => slow.push(() => resolve({ ok: true, output: null })))
      : Promise.resolve({ ok: true, output: null }),
  );
  const [ten, thousand, wide] = [chainOf(10), chainOf(1_000), fanOf(100)];
  const found: Record<string, number[]> = {};
  const note = (name: string, value: number) => {
    found[name] = [...(found[name] ?? []), value];
  };
  for (let round = 0; round <= rounds; round += 1) {
    const one = await lap(harness, workspaceId, ten, 1, 20);
    const fifty = await lap(harness, workspaceId, ten, 50, 300);
    const many = await lap(harness, workspaceId, ten, 1_000, 1_500);
    const big = await lap(harness, workspaceId, thousand, 1, 1);
    const fan = await lap(harness, workspaceId, wide, 1, 5);
    const fans = await lap(harness, workspaceId, wide, 50, 60);
    // The first round warms up.
    if (round === 0) continue;
    note('runsPerSecondAt1000Over50', many.perSecond / fifty.perSecond);
    note('stepOf1000OverStepOf10', big.ms / 1_000 / (one.ms / 10));
    note('stepOf10Ms', one.ms / 10);
    note('stepOf1000Ms', big.ms / 1_000);
    note('runsPerSecondAt50', fifty.perSecond);
    note('runsPerSecondAt1000', many.perSecond);
    note('fanOutOf100Ms', fan.ms);
    note('fanOutsPerSecondAt50', fans.perSecond);
  }
  const before = process.memoryUsage.rss();
  const waiting = Array.from({ length: 1_000 }, () =>
    run(harness, workspaceId, aPlan([aStep('slow', [], long)])),
  );
  while (slow.length < 1_000) await new Promise((resolve) => setTimeout(resolve, 20));
  const at = process.memoryUsage.rss();
  for (const finish of slow) finish();
  await Promise.all(waiting);
  await harness.close();
  await stage.close();
  const megabytes = (bytes: number) => rounded(bytes / 1_048_576, 0);
  return {
    what: 'shapes of runs on our engine, queue and bus on Postgres; client and worker in one process',
    rounds,
    medians: Object.fromEntries(
      Object.entries(found).map(([name, values]) => [name, rounded(median(values), 2)]),
    ),
    thousandWaiting: { rssBeforeMb: megabytes(before), rssMb: megabytes(at) },
  };
}

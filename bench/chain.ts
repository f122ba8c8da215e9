import { migrate } from '@/server/db/migrate';
import { startRedis } from '@/server/testing/redis';
import { openBullmqOnPostgres, openBullmqOnRedis } from './contestants/bullmq';
import { type Shape, stepsOf } from './contestants/contestant';
import { openDbos } from './contestants/dbos';
import { openEnsemble } from './contestants/ensemble';
import { openFloor } from './contestants/floor';
import { openN8n } from './contestants/n8n';
import { openRestate } from './contestants/restate';
import { linesOf, type Opener, printLines, takeTurns } from './laps';
import { openStage } from './stage';

const what: Record<Shape, string> = {
  chain: 'durable chain of 10 no-op steps',
  fanout: 'durable fan-out of 100 no-op steps between two others',
};
const sizes = { chain: { 1: 5, 50: 150 }, fanout: { 1: 3, 50: 50 } } as const;

/**
 * One work done by the floor, by ours on both stores and by the peers, in one process and in turns: `chain` or
 * `fanout`. `only` names those that take part, the floor always does.
 */
export async function benchRuns(
  shape: Shape,
  turns = Number(process.env.ROUNDS ?? 20),
  only = process.env.ONLY?.split(';'),
): Promise<object> {
  const stage = await openStage();
  const redis = await startRedis();
  // Databases of their own: workers of two harnesses would look after each other's runs.
  const databaseUrl = await stage.makeDatabase('ensemble_redis');
  await migrate(databaseUrl);
  const onRedis = { ...stage.config, databaseUrl, redisUrl: redis.url };
  // n8n runs a workflow's branches one after the other, so it has no fan-out to compare.
  const n8n: Opener[] =
    shape === 'fanout'
      ? []
      : (['regular', 'queue'] as const).map((mode) => ({
          name: `n8n, ${mode}`,
          open: async () => openN8n(await stage.makeDatabase(`n8n_${mode}`), redis.url, mode),
        }));
  const openers: Opener[] = [
    { name: 'floor', open: () => openFloor(stage.url, shape, 50) },
    { name: 'ensemble', open: () => openEnsemble(stage.config, shape) },
    { name: 'ensemble, Redis', open: () => openEnsemble(onRedis, shape) },
    { name: 'dbos', open: () => openDbos(stage.url, shape) },
    { name: 'restate', open: () => openRestate(shape) },
    { name: 'bullmq, Redis', open: () => openBullmqOnRedis(redis.url, shape) },
    { name: 'bullmq, Postgres', open: () => openBullmqOnPostgres(stage.url, shape) },
    ...n8n,
  ];
  const asked = openers.filter(({ name }) => name === 'floor' || (only?.includes(name) ?? true));
  const laps = await takeTurns({ openers: asked, sizes: sizes[shape], turns });
  await redis.stop();
  await stage.close();
  const lines = linesOf(laps, stepsOf(shape));
  printLines(lines, laps.absent);
  return { what: what[shape], turns, runs: lines, absent: laps.absent };
}

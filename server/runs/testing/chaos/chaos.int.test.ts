import { expect, it } from 'vitest';
import { runChaos } from './chaos';
import { printPromises } from './judge';

const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);

/** The short form; `chaos.proof.test.ts` is the long one, and `npm run chaos -- --minutes 3 --seed n` runs on the whole web process. */
it('keeps every promise while workers, web, Redis and Postgres are killed under load', {
  timeout: 150_000,
}, async () => {
  const { promises, faults, runs } = await runChaos({
    seed,
    forMs: 7_000,
    width: 20,
    patienceMs: 60_000,
    entries: {
      web: 'app/api/testing/serve.ts',
      workers: ['server/main/worker.ts', 'server/runs/testing/skewed-worker.ts'],
    },
    withRedis: true,
  });
  const title = `chaos: seed ${seed}, faults ${JSON.stringify(faults)}, runs ${JSON.stringify(runs)}`;
  process.stdout.write(printPromises(title, promises));
  const idle = Object.entries(promises).filter(([, { checked }]) => checked === 0);
  for (const [promise] of idle) process.stdout.write(`  not exercised: ${promise}\n`);
  for (const { failures } of Object.values(promises)) expect(failures).toEqual([]);
  // A busy machine leaves no time for the rare ones; most are exercised on any.
  expect(idle.length).toBeLessThan(Object.keys(promises).length / 2);
});

import { expect, it } from 'vitest';
import { runChaos } from './testing/chaos';
import { printPromises } from './testing/chaos-judge';

const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);

/** The short form; `npm run chaos -- --minutes 3 --seed n` is the long one, on the whole web process. */
it('keeps every promise while workers, web, Redis and Postgres are killed under load', {
  timeout: 150_000,
}, async () => {
  const { promises, faults, runs } = await runChaos({
    seed,
    forMs: 12_000,
    width: 20,
    patienceMs: 60_000,
    entries: { web: 'app/api/testing/serve.ts', worker: 'server/main/worker.ts' },
  });
  const title = `chaos: seed ${seed}, faults ${JSON.stringify(faults)}, runs ${JSON.stringify(runs)}`;
  process.stdout.write(printPromises(title, promises));
  for (const { checked, failures } of Object.values(promises)) {
    expect(checked).toBeGreaterThan(0);
    expect(failures).toEqual([]);
  }
});

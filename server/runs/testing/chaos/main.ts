import { parseArgs } from 'node:util';
import { runChaos } from './chaos';
import { printPromises } from './judge';

/** `npm run chaos -- --minutes 3 --seed 1`: ends with 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    /** `plain`: the interface without pages, which needs no build. */
    web: { type: 'string', default: 'server/main/web.ts' },
    width: { type: 'string', default: '20' },
    /** `postgres`: queue and bus on Postgres alone. */
    queue: { type: 'string', default: 'redis' },
  },
});
const report = await runChaos({
  seed: Number(values.seed),
  forMs: Number(values.minutes) * 60_000,
  width: Number(values.width),
  patienceMs: 60_000,
  entries: {
    web: values.web === 'plain' ? 'app/api/testing/serve.ts' : values.web,
    // One of the two has a clock that is ten minutes ahead.
    workers: ['server/main/worker.ts', 'server/runs/testing/skewed-worker.ts'],
  },
  withRedis: values.queue !== 'postgres',
});
const title = `chaos: seed ${report.seed}, faults ${JSON.stringify(report.faults)}, runs ${JSON.stringify(report.runs)}`;
process.stdout.write(printPromises(title, report.promises));
process.exit(Object.values(report.promises).some(({ failures }) => failures.length > 0) ? 1 : 0);

import { config } from '@/server/config';
import { openHarness } from './harness';

/**
 * A worker process for tests that kill it. Each step is one request to the effect server, which counts it and
 * decides when it is answered. Says `ready` and its worker id on standard output.
 */
const effects = process.argv[2];
if (effects === undefined) throw new Error('Give the address of the effect server.');

process.stdin.on('end', () => process.exit(1)).resume();
const harness = await openHarness(config(), 'killable');
const worker = await harness.work(async ({ runId, step, attempt, signal }) => {
  const answer = await fetch(`${effects}/${runId}/${step.id}/${attempt}`, { signal });
  return { ok: true, output: await answer.text() };
});
process.stdout.write(`ready ${worker.id}\n`);

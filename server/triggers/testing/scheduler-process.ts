import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import { dueSchedules, fireSchedule } from '../fire-schedule';

/**
 * A process for tests that kill it: starts the run of the first due schedule, says so, and never comes to moving the
 * schedule on.
 */
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'killable');
const [row] = await dueSchedules(services.pool, 1);
if (row === undefined) throw new Error('Nothing is due.');
await fireSchedule(services, row, async (...given) => {
  const run = await startTriggered(...given);
  process.stdout.write(`started ${run.id}\n`);
  return new Promise<typeof run>(() => undefined);
});

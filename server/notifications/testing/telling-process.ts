import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { tellRuns } from '../runs/tell-runs';

/** A process for tests that kill it: notifies people of runs, says so, and never comes to its commit. */
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'killable');
const { pool } = services;
const held = async () => {
  const client = await pool.connect();
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  return Object.assign(client, {
    query(...args: unknown[]) {
      if (args[0] !== 'commit') return query(...args);
      process.stdout.write('told\n');
      return new Promise(() => undefined);
    },
  });
};
await tellRuns({ ...services, pool: Object.assign(Object.create(pool), { connect: held }) });

import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { startTasks } from '../start-tasks';

/** Statements of a look, each after messages were taken: by what stands in them. */
const moments: Record<string, RegExp> = {
  'before it looks for what was taken': /select from run r where r\.id = d\.run_id/,
  'before the run is begun': /from mail where conversation/,
  'after the run was begun': /m\.reply = 'step'/,
};

/**
 * A process that makes tasks of messages again and again, and kills itself, with the signal that nobody can catch, at a
 * moment of a look.
 */
const moment = moments[process.argv[2] ?? ''];
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'dying-starter');
const { pool } = services;
const query = (...args: unknown[]) => {
  const [text] = args;
  if (typeof text === 'string' && moment?.test(text)) process.kill(process.pid, 'SIGKILL');
  return Reflect.apply(pool.query, pool, args);
};
const watched = new Proxy(pool, {
  get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
});
for (;;) {
  await startTasks({ ...services, pool: watched });
  await new Promise((resolve) => setTimeout(resolve, 20));
}

import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProcess } from '@/server/main/process';

const behaviour = process.env.FIXTURE ?? '';
const limits: Readonly<Record<string, number>> = { blocked: 1000, busy: 3000 };

/** A process of the product in miniature, for tests of those who start and stop such processes. */
await runProcess(
  'fixture',
  async (_config, retire) => {
    if (behaviour === 'broken') throw new Error('the fixture is broken');
    const server = createServer().listen(0, '127.0.0.1');
    if (behaviour === 'crash') setTimeout(() => Promise.reject(new Error('lost')), 50);
    if (behaviour === 'blocked') setTimeout(() => block(Number.POSITIVE_INFINITY), 200);
    if (behaviour === 'busy') setInterval(() => block(900), 1000);
    if (behaviour === 'retiring') process.once('SIGUSR2', retire);
    return async () => {
      if (behaviour === 'stubborn') await new Promise(() => undefined);
      if (behaviour === 'retiring') await sleep(3000);
      server.close();
    };
  },
  limits[behaviour],
);

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

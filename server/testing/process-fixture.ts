import { createServer } from 'node:http';
import { runProcess } from '@/server/main/process';

/** A process of the product in miniature, for tests of those who start and stop such processes. */
await runProcess('fixture', async () => {
  const behaviour = process.env.FIXTURE;
  if (behaviour === 'broken') throw new Error('the fixture is broken');
  const server = createServer().listen(0, '127.0.0.1');
  if (behaviour === 'crash') setTimeout(() => Promise.reject(new Error('lost')), 50);
  return async () => {
    if (behaviour === 'stubborn') await new Promise(() => undefined);
    server.close();
  };
});

import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { startWorker } from '@/server/runs/worker/worker';
import { type Said, scripted } from '@/server/tools/testing/scripted';

/** A worker process whose model is a script. It kills itself, with the signal that nobody can catch, at a named point. */
const [point = '', turns = '[]'] = process.argv.slice(2);
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'dying-on-canvas');
await startWorker(
  scripted(
    services,
    { turns: JSON.parse(turns) as Said[] },
    {
      ...{ sent: [], asked: new Map(), requests: [] },
      async gate(at) {
        if (at === point) process.kill(process.pid, 'SIGKILL');
      },
    },
  ),
);

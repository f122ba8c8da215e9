import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { startWorker } from '@/server/runs/worker/worker';
import { type Said, scripted } from './scripted';

/**
 * A worker process whose model and network are scripts. It tells the counter what it has done, and kills itself, with the
 * signal that nobody can catch, at its n-th moment.
 */
const [counter = '', moment = '', turns = '[]'] = process.argv.slice(2);
process.stdin.on('end', () => process.exit(1)).resume();
let count = 0;
const services = await createServices(config(), 'dying-agent');
await startWorker(
  scripted(
    services,
    { turns: JSON.parse(turns) as Said[] },
    {
      ...{ sent: [], asked: new Map(), requests: [] },
      async gate(point) {
        if (/^(model-\d+|effect)\.after$/.test(point)) await fetch(`${counter}/${point}`);
        count += 1;
        if (count === Number(moment)) process.kill(process.pid, 'SIGKILL');
      },
    },
  ),
);
process.stdout.write('ready\n');

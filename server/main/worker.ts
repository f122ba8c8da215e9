import { startJanitor } from '@/server/runs/janitor';
import { startWorker } from '@/server/runs/worker';
import { startScheduler } from '@/server/triggers/scheduler';
import { createServices } from '@/server/wire';
import { runProcess } from './process';

/** Takes steps of runs and does them; starts what is due. */
await runProcess('worker', async (config) => {
  const services = await createServices(config, 'worker');
  const worker = await startWorker(services);
  const scheduler = startScheduler(services);
  const janitor = startJanitor(services);
  return async () => {
    janitor.stop();
    await scheduler.stop();
    await worker.drain();
    await services.close();
  };
});

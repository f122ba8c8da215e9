import { startWorker } from '@/server/runs/worker';
import { createServices } from '@/server/wire';
import { runProcess } from './process';

/** Takes steps of runs and does them. */
await runProcess('worker', async (config) => {
  const services = await createServices(config, 'worker');
  const worker = await startWorker(services);
  return async () => {
    await worker.drain();
    await services.close();
  };
});

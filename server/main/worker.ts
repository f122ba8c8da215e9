import { openWorker } from './open-worker';
import { runProcess } from './process';

/** Takes steps of runs and does them; starts what is due. */
await runProcess('worker', openWorker);

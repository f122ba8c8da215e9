import { openWorker } from '../open-worker';
import { runProcess } from '../process';
import { deafNodes } from './deaf-nodes';

/** The product's worker process with node types that do not listen, and a shorter limit for a blocked event loop. */
await runProcess('worker', (config, retire) => openWorker(config, retire, deafNodes), 3000);

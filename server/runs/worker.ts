import { randomUUID } from 'node:crypto';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Services } from '@/server/services';
import { createNodeRunner } from './run-node';
import { startWorkerWith, type Worker } from './worker-loop';

/**
 * Makes this process a worker: it claims ready steps, does them and commits what follows, renews its lease, and
 * looks after runs that are due and steps whose worker died. Resolves when it holds its first lease.
 */
export function startWorker(services: Services, name = 'worker'): Promise<Worker> {
  return startWorkerWith(services, {
    id: randomUUID(),
    name,
    runStep: createNodeRunner(services, catalogue),
  });
}

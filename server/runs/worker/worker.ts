import { randomUUID } from 'node:crypto';
import { catalogue } from '@/lib/nodes/catalogue';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import type { Services } from '@/server/services';
import { createNodeRunner } from './run-node';
import { startWorkerWith, type Worker } from './worker-loop';

type Extra = { nodes?: Readonly<Record<string, NodeType>>; onStuck?: () => void };

/**
 * Makes this process a worker: it claims ready steps, does them and commits what follows, renews its lease, and
 * looks after runs that are due and steps whose worker died. Resolves when it holds its first lease. `onStuck` is
 * called for each step that does not stop when it should.
 */
export function startWorker(
  services: Services,
  { nodes = catalogue, onStuck }: Extra = {},
): Promise<Worker> {
  return startWorkerWith(services, {
    id: randomUUID(),
    name: 'worker',
    runStep: createNodeRunner(services, nodes),
    onStuck,
  });
}

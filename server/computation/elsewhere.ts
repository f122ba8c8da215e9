import type { Elsewhere } from '@/lib/nodes/node-type/scope-functions';
import type { Computation } from './computation';

/** Where the functions of a step's scope do what is not cheap: on the threads, in the workspace's turn. */
export function elsewhereFor(
  computation: Pick<Computation, 'run'>,
  workspaceId: string,
): Elsewhere {
  return {
    texts: (job) => computation.run('texts', job, workspaceId),
    table: (job) => computation.run('table', job, workspaceId),
  };
}

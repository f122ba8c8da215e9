import type { ELK } from 'elkjs/lib/elk-api';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { tidyMoves, toElk } from '@/lib/canvas/layout/elk-graph';

let engine: Promise<ELK> | undefined;

/** ELK in a thread of its own: nothing of it is loaded before it is needed, and laying out blocks no frame. */
function elk(): Promise<ELK> {
  engine ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) =>
      new Elk({
        workerFactory: () => new Worker(new URL('./elk-thread.ts', import.meta.url)),
      }),
  );
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

/** Where these nodes go in a tidy picture; fixed ones are not among the answer. The same graph gives the same positions. */
export async function tidy(graph: Graph, ids: ReadonlySet<string>): Promise<Map<string, Point>> {
  if (ids.size === 0) return new Map();
  const answer = await (await elk()).layout(toElk(graph, ids));
  return tidyMoves(graph, answer);
}

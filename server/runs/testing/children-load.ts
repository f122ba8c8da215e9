import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import type { Config } from '@/server/config';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';

const node = (id: string, type: string, config: object, extra: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...extra,
});

/** Starts a run of a For each over so many items, with one small step for each. */
export async function startEach(
  { engine }: Pick<Services, 'engine'>,
  workspaceId: string,
  { items, concurrency }: { items: number; concurrency: number },
): Promise<string> {
  const definition = definitionSchema.parse({
    name: 'Many',
    nodes: [
      node('each', 'map', { items: String(items), concurrency }),
      node('one', 'transform', { expression: 'item + 1' }, { group: 'each' }),
    ],
    edges: [],
  });
  return begin({ engine }, workspaceId, definition);
}

/** Starts a run of two small steps, such as a neighbour has. */
export async function startSmall(
  services: Pick<Services, 'engine'>,
  workspaceId: string,
): Promise<string> {
  const definition = definitionSchema.parse({
    name: 'Small',
    nodes: [
      node('a', 'transform', { expression: '1' }),
      node('b', 'transform', { expression: 'steps.a.output + 1' }),
    ],
    edges: [{ id: 'e', source: 'a', target: 'b' }],
  });
  return begin(services, workspaceId, definition);
}

async function begin(
  { engine }: Pick<Services, 'engine'>,
  workspaceId: string,
  definition: ReturnType<typeof definitionSchema.parse>,
): Promise<string> {
  const { id } = await engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input: {},
  });
  return id;
}

/** Does something with so many workers, each on services of its own as in a process of its own, and ends them. */
export async function withWorkers<T>(
  config: Config,
  count: number,
  work: (services: Services) => Promise<T>,
): Promise<T> {
  const all = await Promise.all(
    Array.from({ length: count }, () => createServices(config, 'test')),
  );
  const workers = await Promise.all(all.map((services) => startWorker(services)));
  try {
    return await work(all[0] as Services);
  } finally {
    await Promise.all(workers.map((worker) => worker.drain()));
    await Promise.all(all.map((services) => services.close()));
  }
}

import { randomUUID } from 'node:crypto';
import type { Plan } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import type { Config } from '@/server/config';
import { makeWorkspace, openHarness } from '@/server/runs/testing/harness';
import { type Contestant, chainSteps, createStarts, fanWidth, type Shape } from './contestant';

const long = { timeoutMs: 300_000 };

/** A chain of so many steps. */
export const chainOf = (length: number): Plan =>
  aPlan(
    Array.from({ length }, (_, n) => aStep(`s${n}`, n === 0 ? [] : [`s${n - 1}`], long)),
    { timeoutMs: 6 * 3_600_000 },
  );

/** So many steps at once between two others. */
export const fanOf = (width: number): Plan => {
  const branches = Array.from({ length: width }, (_, n) => aStep(`b${n}`, ['s0'], long));
  const ids = branches.map(({ id }) => id);
  return aPlan([aStep('s0', [], long), ...branches, aStep('last', ids, long)]);
};

/** Our engine as the product wires it: queue, bus, worker, leases and all; on Redis where the configuration says so. */
export async function openEnsemble(config: Config, shape: Shape): Promise<Contestant> {
  const harness = await openHarness(config, 'bench');
  const workspaceId = await makeWorkspace(harness.pool);
  const starts = createStarts();
  await harness.work(({ runId, step }) => {
    if (step.id === 's0') starts.begin(runId);
    return Promise.resolve({ ok: true, output: null });
  });
  const plan = shape === 'chain' ? chainOf(chainSteps) : fanOf(fanWidth);
  return {
    name: config.redisUrl === undefined ? 'ensemble' : 'ensemble, Redis',
    async run() {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      const end = await harness.bus.subscribe(`run:${id}`, (message) => {
        if (message.kind !== 'events') return;
        if (message.events?.some((event) => event.type === 'RunSucceeded')) resolve();
      });
      await harness.engine.start({
        ...{ id, workspaceId, plan, name: 'bench', mode: 'live', trigger: 'api' },
        ...{ definitionHash: 'x', input: {} },
      });
      await promise;
      const timing = starts.end(id);
      end();
      return timing;
    },
    close: harness.close,
  };
}

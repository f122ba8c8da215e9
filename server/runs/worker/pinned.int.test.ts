import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { RunMode } from '@/lib/runs/schema';
import { viewStep } from '@/lib/runs/view/view';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

const step = (id: string, expression: string, more = {}) => ({
  id,
  key: id,
  type: 'transform',
  name: id,
  position: { x: 0, y: 0 },
  config: { expression },
  ...more,
});
const definition = definitionSchema.parse({
  name: 'Pinned',
  nodes: [
    step('rows', '"from the step"', { pinnedOutput: 'from the pin' }),
    step('told', '"It came " + steps.rows.output'),
  ],
  edges: [{ id: 'e', source: 'rows', target: 'told' }],
});

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

async function run(mode: RunMode) {
  const { id } = await services.engine.start({
    workspaceId,
    name: 'Pinned',
    mode,
    trigger: 'manual',
    startedBy: 'u',
    plan: compile(definition, catalogue),
    definitionHash: 'h',
    input: {},
  });
  await ended(services, id);
  const state = await services.engine.load(id);
  if (!state) throw new Error('The run is gone.');
  return {
    state,
    steps: state.plan.steps.map((each) => viewStep(each, mode, state.steps[each.id])),
  };
}

it('a rehearsal takes the pinned output, says so, and what follows reads it', async () => {
  const { state, steps } = await run('rehearsal');
  expect(state).toMatchObject({ status: 'succeeded', output: 'It came from the pin' });
  expect(steps[0]).toMatchObject({ output: 'from the pin', pinned: true });
  expect(steps[0]?.reason).toContain('Pinned output');
  expect(steps[1]?.pinned).toBeUndefined();
});

it('a live run ignores it', async () => {
  const { state, steps } = await run('live');
  expect(state).toMatchObject({ status: 'succeeded', output: 'It came from the step' });
  expect(steps[0]?.pinned).toBeUndefined();
});

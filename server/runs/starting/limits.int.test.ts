import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { isEnded } from '@/lib/runs/engine/readiness';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(
    await testConfig({
      ENSEMBLE_MAX_STEPS: '3',
      ENSEMBLE_MAX_DEPTH: '1',
      ENSEMBLE_MAX_ITEMS: '4',
      ENSEMBLE_MAX_VALUE: '100000',
      ENSEMBLE_MAX_HOURS: '1',
    }),
    'test',
  );
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (id: string, type: string, config: object, group?: string) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...(group === undefined ? {} : { group }),
});

async function run(nodes: object[], input: object = {}) {
  const definition = definitionSchema.parse({ name: 'Limits', nodes, edges: [] });
  const { id } = await services.engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
  });
  return eventually('the run ends', async () => {
    const state = await services.engine.load(id);
    return state && isEnded(state.status) ? state : undefined;
  });
}
const one = (id: string, group?: string) => node(id, 'transform', { expression: '1' }, group);
const each = (id: string, items: string, group?: string) => node(id, 'map', { items }, group);

test('a run with more steps than the instance allows does not begin, those inside others counted', async () => {
  expect((await run([one('a'), one('b'), one('c')])).status).toBe('succeeded');
  const four = [one('a'), one('b'), each('each', '2'), one('c', 'each')];
  await expect(run(four)).rejects.toMatchObject({
    code: 'too_large',
    message: 'The workflow has 4 steps; at most 3 are allowed.',
  });
});

test('nor one with an input that is too large', async () => {
  await expect(run([one('a')], { text: 'x'.repeat(100_000) })).rejects.toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('100011 characters as JSON; at most 100000 are allowed'),
  });
});

test('a step with too many items fails and says how many there may be', async () => {
  expect((await run([each('each', '4'), one('in', 'each')])).status).toBe('succeeded');
  const { error } = await run([each('each', '5'), one('in', 'each')]);
  expect(error).toMatchObject({
    code: 'too_many_items',
    message: expect.stringContaining('4 are'),
  });
});

test('runs inside runs go as deep as the instance allows', async () => {
  const { error } = await run([
    each('outer', '1'),
    each('inner', '1', 'outer'),
    one('in', 'inner'),
  ]);
  expect(error?.message).toContain('Child runs can be nested at most 1 levels deep.');
});

test('an output that is too large fails its step', async () => {
  const large = node('large', 'transform', { expression: 'range(60000)' });
  const { error } = await run([large]);
  expect(error).toMatchObject({ code: 'output_refused' });
  expect(error?.message).toMatch(/\d+ characters as JSON; at most 100000 are allowed/);
});

test('no run takes longer than the instance allows', async () => {
  const state = await run([one('a')]);
  expect(state.plan.timeoutMs).toBe(3_600_000);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;
let on = false;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
  const state = await services.code.state();
  on = state.on;
  if (!state.on) process.stdout.write(`not exercised: ${state.why}\n`);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (key: string, type: string, config: object) => ({
  ...{ id: key, key, type, name: key, config, position: { x: 0, y: 0 } },
});

async function run(source: string) {
  const definition = definitionSchema.parse({
    name: 'Code',
    nodes: [
      node('rows', 'transform', { expression: '[{"n": 1}, {"n": 2}]' }),
      node('sum', 'code', { source, timeoutMs: 2_000 }),
    ],
    edges: [{ id: 'e', source: 'rows', target: 'sum' }],
  });
  const { id } = await services.engine.start({
    ...{ workspaceId, name: 'Code', mode: 'live', trigger: 'manual' },
    ...{ plan: compile(definition, catalogue), definitionHash: 'test', input: { factor: 10 } },
  });
  return ended(services, id);
}

test('a run computes with code on the outputs of earlier steps and its input', async ({ skip }) => {
  if (!on) skip();
  const state = await run(
    'console.log("rows", steps.rows.output.length); return steps.rows.output.map(({ n }) => n * input.factor)',
  );
  expect(state.steps.sum).toMatchObject({ status: 'succeeded', output: [10, 20] });
});

test('a run fails with the line and the reason, and is not tried again', async ({ skip }) => {
  if (!on) skip();
  const state = await run('const a = 1;\nreturn steps.rows.output.nothing.here');
  expect(state.steps.sum).toMatchObject({ status: 'failed', error: { code: 'code_threw' } });
  expect(state.steps.sum?.error?.message).toMatch(/^Line 2: TypeError/);
});

test('code without an end is stopped after its time, and the run with it', async ({ skip }) => {
  if (!on) skip();
  const state = await run('while (true) {}');
  expect(state.steps.sum).toMatchObject({ status: 'failed', error: { code: 'code_too_long' } });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '@/server/compose';
import { ended } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { aMember } from '@/server/tools/testing/task-world';
import { listAgentTasks } from './list-tasks';
import { startTask } from './start-task';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const anActor = async () => ({
  ...(await aMember(services.pool, 'editor')),
  ...{ name: 'Ada', email: 'ada@example.com', role: 'editor' as const },
});

it.each([
  ['without tools', []],
  ['with tools', [{ name: 'calculator' }]],
])('lists a task of an agent %s once, named after what it is about', async (_, tools) => {
  const actor = await anActor();
  const id = randomUUID();
  await services.pool.query(
    `insert into agent (id, workspace_id, handle, name, instructions, model, tools)
     values ($1, $2, 'helper', 'Helper', 'Help.', '"auto"', $3)`,
    [id, actor.workspaceId, JSON.stringify(tools)],
  );
  const asked = { params: { id }, query: {}, body: undefined };
  const task = { params: { id }, query: {}, body: { input: 'Count the orders.\nAll of them.' } };
  const { id: runId } = await startTask(services, actor, task);
  await ended(services, runId);
  const { items } = await listAgentTasks(services, actor, asked);
  expect(items).toMatchObject([
    { runId, stepId: 'task', name: 'Helper: Count the orders.', status: 'succeeded', madeUp: true },
  ]);
  const { rows } = await services.pool.query('select trigger from run where id = $1', [runId]);
  expect(rows).toEqual([{ trigger: 'manual' }]);
  // Somebody of another workspace cannot ask for them, nor are they among those of its agents.
  await expect(listAgentTasks(services, await anActor(), asked)).rejects.toMatchObject({
    code: 'not_found',
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { spendingBySubject as contract } from '@/lib/spending/figures-contract';
import { createServices } from '@/server/compose';
import { addWorkflow } from '@/server/realtime/testing/fixture';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { listCalls } from './list-calls';
import { spendingByDay } from './spending-by-day';
import { spendingBySubject } from './spending-by-subject';

let services: Services;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services.close());

type Spent = {
  pico: bigint;
  at?: string;
  mode?: string;
  provider?: string;
  model?: string;
  agentId?: string | null;
  person?: string | null;
  workflows?: string[];
  priceList?: string | null;
  runId?: string;
  nodeId?: string;
};
async function spend(workspaceId: string, given: Spent) {
  const { pico, at = 'now()', mode = 'live', provider = 'openai', model = 'm' } = given;
  const { agentId = null, person = null, workflows = [], priceList = 'x' } = given;
  const { runId = randomUUID(), nodeId = 's' } = given;
  await services.pool.query(
    `insert into model_call (id, workspace_id, run_id, root_run_id, workflow_ids, step_id, node_id, attempt, mode,
       provider, model, decision, state, held_pico, cost_pico, started_at, agent_id, person_id, price_list)
     values ($1, $2, $3, $3, $4, $5, $5, 1, $6, $7, $8, '{"policy":"auto","reason":"r","candidates":[]}', 'settled', 0,
       $9, ${at}, $10, $11, $12)`,
    [
      ...[randomUUID(), workspaceId, runId, workflows, nodeId, mode, provider, model],
      ...[pico.toString(), agentId, person, priceList],
    ],
  );
}
async function place() {
  const workspaceId = await makeWorkspace(services.pool);
  const actor: Actor = { userId: 'ada', name: 'Ada', email: '', role: 'admin', workspaceId };
  const ask = (query: object) =>
    spendingBySubject(services, actor, {
      ...{ params: {}, query: contract.query.parse(query), body: undefined },
    });
  const addAgent = async (name: string) => {
    const id = randomUUID();
    await services.pool.query(
      `insert into agent (id, workspace_id, handle, name, instructions, model)
       values ($1, $2, $3, $4, '', '"auto"')`,
      [id, workspaceId, name.toLowerCase(), name],
    );
    return id;
  };
  return { workspaceId, actor, ask, addAgent };
}

test('sums by each subject are exact, come to the same total, and know nothing of other workspaces', async () => {
  const { actor, workspaceId, ask, addAgent } = await place();
  const [writer, checker] = [await addAgent('Writer'), await addAgent('Checker')];
  const [outer = '', inner = ''] = await Promise.all([
    addWorkflow(services, workspaceId),
    addWorkflow(services, workspaceId),
  ]);
  await services.pool.query("update workflow set name = 'Outer' where id = $1", [outer]);
  await spend(workspaceId, { pico: 100_000_000_001n, agentId: writer, workflows: [outer] });
  await spend(workspaceId, { pico: 2n, agentId: writer, workflows: [inner, outer], model: 'n/o' });
  await spend(workspaceId, { pico: 5n, agentId: checker, at: "now() - interval '3 days'" });
  await spend(workspaceId, { pico: 7n, at: "now() - interval '20 days'", priceList: null });
  await spend(workspaceId, { pico: 0n, provider: 'rehearsal', agentId: writer });
  await spend(workspaceId, { pico: 11n, mode: 'rehearsal', agentId: writer });
  await spend((await place()).workspaceId, { pico: 13n, agentId: writer, workflows: [outer] });
  const [byAgent, byWorkflow, byModel, byPerson] = await Promise.all(
    ['agent', 'workflow', 'model', 'person'].map((by) => ask({ by })),
  );
  expect(byAgent?.groups).toEqual([
    { id: writer, name: 'Writer', calls: 2, costUsd: '0.100000000003' },
    { id: null, name: null, calls: 1, costUsd: '0.000000000007' },
    { id: checker, name: 'Checker', calls: 1, costUsd: '0.000000000005' },
  ]);
  // What a workflow started counts for it, once.
  expect(byWorkflow?.groups).toEqual([
    { id: outer, name: 'Outer', calls: 2, costUsd: '0.100000000003' },
    { id: null, name: null, calls: 2, costUsd: '0.000000000012' },
  ]);
  expect(byModel?.groups.map(({ id, calls }) => [id, calls])).toEqual([
    ['openai/m', 3],
    ['openai/n/o', 1],
  ]);
  expect(byPerson?.groups.map(({ id, calls }) => [id, calls])).toEqual([[null, 4]]);
  for (const one of [byAgent, byWorkflow, byModel, byPerson]) {
    expect([one?.calls, one?.costUsd, one?.unpriced]).toEqual([4, '0.100000000015', 1]);
    expect(one?.days).toHaveLength(30);
    expect(one?.days.at(-1)?.costUsd).toBe('0.100000000003');
    expect(one?.days.at(-4)?.costUsd).toBe('0.000000000005');
  }
  // The dashboard counts the same calls.
  const asked = { params: {}, query: { timeZone: 'UTC' }, body: undefined };
  const { items } = await spendingByDay(services, actor, asked);
  expect(items.map(({ calls }) => calls)).toEqual(byAgent?.days.map(({ calls }) => calls));
  expect((await ask({ by: 'agent', days: '7' })).calls).toBe(3);
  expect((await ask({ workflow: inner })).costUsd).toBe('0.000000000002');
  expect((await ask({ by: 'model', agent: checker })).costUsd).toBe('0.000000000005');
  expect((await ask({ provider: 'openai', model: 'n/o' })).calls).toBe(1);
});

test('nothing spent is a row of empty days; many subjects are cut and their rest is told', async () => {
  const { workspaceId, ask } = await place();
  const none = await ask({ days: '90' });
  expect([none.calls, none.costUsd, none.groups, none.days.length]).toEqual([0, '0', [], 90]);
  for (let each = 0; each < 53; each += 1) {
    await spend(workspaceId, { pico: BigInt(100 - each), person: `p${each}` });
  }
  const many = await ask({ by: 'person' });
  expect(many.groups).toHaveLength(50);
  expect(many.groups[0]).toEqual({ id: 'p0', name: null, calls: 1, costUsd: '0.0000000001' });
  expect(many.restUsd).toBe('0.000000000147');
});

test('calls are listed with the names of what they belong to, of this workspace alone', async () => {
  const { workspaceId, actor, addAgent } = await place();
  const other = await place();
  const agentId = await addAgent('Writer');
  const foreign = await other.addAgent('Foreign');
  const workflow = (await addWorkflow(services, workspaceId)) ?? '';
  await services.pool.query("update workflow set name = 'Report' where id = $1", [workflow]);
  const runId = randomUUID();
  await services.pool.query(
    `insert into run (id, workspace_id, name, mode, trigger, status, definition, definition_hash, input)
     values ($1, $2, 'Report', 'live', 'manual', 'succeeded', '{"steps":[{"id":"w","name":"Write it"}]}', 'h', '{}')`,
    [runId, workspaceId],
  );
  await spend(workspaceId, { pico: 1n, agentId, workflows: [workflow], runId, nodeId: 'w' });
  await spend(workspaceId, { pico: 1n, agentId: foreign, at: "now() - interval '1 day'" });
  const { items } = await listCalls(services, actor, {
    ...{ params: {}, query: { limit: 50 }, body: undefined },
  });
  const nobody = { workflow: null, run: null, step: null, agent: null, person: null };
  expect(items.map(({ names }) => names)).toEqual([
    { ...nobody, workflow: 'Report', run: 'Report', step: 'Write it', agent: 'Writer' },
    nobody,
  ]);
});

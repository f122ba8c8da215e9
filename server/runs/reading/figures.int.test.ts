import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { addWorkflow } from '@/server/realtime/testing/fixture';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { spendingByDay } from '@/server/spending/calls/spending-by-day';
import { testConfig } from '@/server/testing/database';
import { failuresByWorkflow } from './failures-by-workflow';

let services: Services;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'ada', name: 'Ada', email: '', role: 'viewer', workspaceId };
});
afterAll(() => services.close());

type Row = { status?: string; mode?: string; draft?: boolean; only?: string; days?: number };
async function run(workflowId: string | null, row: Row = {}, workspaceId = actor.workspaceId) {
  const { status = 'failed', mode = 'live', draft = false, only = null, days = 0 } = row;
  await services.pool.query(
    `insert into run (id, workspace_id, workflow_id, name, mode, trigger, status, definition, definition_hash, input,
       draft_at, only_step, created_at)
     values ($1, $2, $3, 'R', $4, 'manual', $5, '{}', 'h', '{}', case when $6 then now() end, $7,
       now() - $8 * interval '1 day')`,
    [randomUUID(), workspaceId, workflowId, mode, status, draft, only, days],
  );
}

test('failures count live runs of versions of this workspace alone, the most first', async () => {
  const { pool } = services;
  const [first, second, good, gone] = await Promise.all(
    Array.from({ length: 4 }, () => addWorkflow(services, actor.workspaceId)),
  );
  const elsewhere = await makeWorkspace(pool);
  const foreign = await addWorkflow(services, elsewhere);
  for (const [id, name] of Object.entries({ [first ?? '']: 'First', [second ?? '']: 'Second' })) {
    await pool.query('update workflow set name = $2 where id = $1', [id, name]);
  }
  await run(second ?? '');
  for (const status of ['failed', 'failed', 'succeeded', 'cancelled', 'running']) {
    await run(first ?? '', { status });
  }
  await run(first ?? '', { mode: 'rehearsal' });
  await run(first ?? '', { draft: true });
  await run(first ?? '', { only: 'a' });
  await run(first ?? '', { days: 31 });
  await run(good ?? '', { status: 'succeeded' });
  await run(gone ?? '');
  await pool.query('update workflow set deleted_at = now() where id = $1', [gone]);
  await run(null);
  await run(foreign, {}, elsewhere);
  expect((await failuresByWorkflow(services, actor)).items).toEqual([
    { workflow: { id: first, name: 'First' }, failed: 2, ended: 3 },
    { workflow: { id: second, name: 'Second' }, failed: 1, ended: 1 },
  ]);
});

test('spend is summed to the digit by the days of a time zone, with those without any', async () => {
  const spend = (at: string, pico: bigint, workspaceId = actor.workspaceId) =>
    services.pool.query(
      `insert into model_call (id, workspace_id, run_id, root_run_id, workflow_ids, step_id, node_id, attempt, mode,
         provider, model, decision, state, held_pico, cost_pico, started_at)
       values ($1, $2, $1, $1, '{}', 's', 's', 1, 'live', 'p', 'm', '{}', 'settled', 0, $3, ${at})`,
      [randomUUID(), workspaceId, pico.toString()],
    );
  const midnight = "(date_trunc('day', now() at time zone 'Asia/Tokyo')) at time zone 'Asia/Tokyo'";
  await spend(midnight, 100_000_000_001n);
  await spend(midnight, 200_000_000_002n);
  await spend(`${midnight} - interval '1 second'`, 5n);
  await spend(`${midnight} - interval '29 days'`, 7n);
  await spend(`${midnight} - interval '29 days 1 second'`, 11n);
  await spend(midnight, 13n, await makeWorkspace(services.pool));
  const asked = { params: {}, query: { timeZone: 'Asia/Tokyo' }, body: undefined };
  const { items } = await spendingByDay(services, actor, asked);
  expect(items).toHaveLength(30);
  expect(items.map(({ costUsd }) => costUsd)).toEqual([
    ...[0.000000000007, ...Array(27).fill(0), 0.000000000005, 0.300000000003],
  ]);
  expect(items.at(-1)?.calls).toBe(2);
  expect(new Set(items.map(({ day }) => day)).size).toBe(30);
});

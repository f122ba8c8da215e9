import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createTrigger } from './create-trigger';
import { fireSchedule } from './fire-schedule';
import { startScheduler } from './scheduler';
import { anEcho, anEditor } from './testing/fixture';

let services: Services;
let actor: Actor;
let workflowId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  actor = await anEditor(services);
  workflowId = await anEcho(services, actor);
});
afterAll(() => services.close());

async function due(ago: number): Promise<string> {
  const config = {
    cron: '0 0 1 1 *',
    timeZone: 'UTC',
    missed: 'once' as const,
    overlap: 'skip' as const,
    input: { a: 1 },
  };
  const { trigger } = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body: { kind: 'schedule', name: '', enabled: true, config },
  });
  const at = new Date(Date.now() - ago);
  await services.pool.query('update trigger set next_at = $2 where id = $1', [trigger.id, at]);
  return trigger.id;
}

it('starts what is due although more fail before it than one look takes, and tells each owner once', async () => {
  const failing = new Set<string>();
  for (let index = 0; index < 60; index += 1) {
    // A workflow may have no more than twenty.
    if (index % 19 === 0) workflowId = await anEcho(services, actor);
    failing.add(await due(60_000 + index));
  }
  const healthy = await due(1_000);
  const tried = new Set<string>();
  const scheduler = startScheduler(services, async (parts, row, start) => {
    if (!failing.has(row.id)) return fireSchedule(parts, row, start);
    tried.add(row.id);
    throw new Error('it cannot be started now');
  });
  try {
    await eventually(async () => {
      const { rows } = await services.pool.query(
        'select 1 from run where idempotency_key like $1',
        [`trigger:${healthy}:%`],
      );
      expect(rows).toHaveLength(1);
    });
  } finally {
    await scheduler.stop();
  }
  expect(tried.size).toBe(60);
  const { rows } = await services.pool.query<{ count: number }>(
    "select count(*)::int as count from trigger_delivery where outcome = 'failed' group by trigger_id",
  );
  expect(rows.map(({ count }) => count)).toEqual(Array.from({ length: 60 }, () => 1));
});

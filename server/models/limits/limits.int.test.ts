import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { burstOf } from '@/lib/models/limits/pace';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { deleteLimit } from './delete-limit';
import { type Admitted, createLimits, type Limits } from './limits';
import { putLimit } from './put-limit';

let services: Services;
let pools: Pool[];
let processes: Limits[];
let actor: Actor;
const failures: object[] = [];
const signal = new AbortController().signal;

beforeAll(async () => {
  const config = await testConfig();
  services = await createServices(config, 'test');
  pools = Array.from(
    { length: 4 },
    () => new Pool({ connectionString: config.databaseUrl, max: 8 }),
  );
  const log = { error: (details: object) => void failures.push(details) };
  processes = pools.map((pool) => createLimits({ pool, log }));
});
beforeEach(async () => {
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId };
  failures.length = 0;
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await services.close();
});

const none = { model: '*', requestsPerMinute: null, tokensPerMinute: null, atOnce: null };
const limit = (body: Partial<typeof none> | Record<string, number | string>) =>
  putLimit(services, actor, {
    ...{ params: { provider: 'openai' }, query: {}, body: { ...none, ...body } },
  });
const take = (by: number, tokens = 1, model = 'gpt-6-sol', ended = signal) =>
  limitsOf(by).take({ workspaceId: actor.workspaceId, provider: 'openai', model, tokens }, ended);
function limitsOf(by: number): Limits {
  const limits = processes[by % processes.length];
  if (limits === undefined) throw new Error('No process.');
  return limits;
}
const isReached = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'model_limit_reached';

test('four processes together let no more calls through than a burst and what time adds', async () => {
  const requestsPerMinute = 40;
  await limit({ requestsPerMinute });
  const from = performance.now();
  const tries = await Promise.allSettled(Array.from({ length: 60 }, (_, by) => take(by)));
  const tookMs = performance.now() - from;
  const admitted = tries.filter(({ status }) => status === 'fulfilled').length;
  const refused = tries.filter((each) => each.status === 'rejected' && isReached(each.reason));
  expect(admitted + refused.length).toBe(60);
  const burst = burstOf(requestsPerMinute);
  expect(admitted).toBeGreaterThanOrEqual(burst);
  const refill = ((requestsPerMinute - burst + 1) / 60_000) * tookMs;
  expect(admitted).toBeLessThanOrEqual(burst + Math.ceil(refill));
});

test('as many calls at once as set, and one more for each that ends', async () => {
  await limit({ atOnce: 3 });
  const open: Admitted[] = [];
  let most = 0;
  const work = async (by: number) => {
    for (;;) {
      try {
        const admitted = await take(by);
        open.push(admitted);
        most = Math.max(most, open.length);
        await services.pool.query('select pg_sleep(0.01)');
        open.splice(open.indexOf(admitted), 1);
        return await admitted.end(1);
      } catch (error) {
        if (!isReached(error)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: 24 }, (_, by) => work(by)));
  expect(most).toBeLessThanOrEqual(3);
  expect(most).toBeGreaterThan(0);
  const { rows } = await services.pool.query('select id from model_slot where workspace_id = $1', [
    actor.workspaceId,
  ]);
  expect(rows).toEqual([]);
  expect(failures).toEqual([]);
});

test('the place of a process that was killed is free again after its time', async () => {
  await limit({ atOnce: 1 });
  await take(0);
  await expect(take(1)).rejects.toSatisfy(isReached);
  await services.pool.query(
    `update model_slot set until_at = now() - interval '1 second' where workspace_id = $1`,
    [actor.workspaceId],
  );
  await (await take(1)).end(1);
});

test('tokens are counted as they came: what was not used is free again, what was used on top is owed', async () => {
  await limit({ tokensPerMinute: 10_000 });
  const first = await take(0, 2_500);
  await expect(take(1, 2_500)).rejects.toSatisfy(isReached);
  await first.end(0);
  const second = await take(1, 2_500);
  await second.end(9_000);
  await expect(take(0, 1)).rejects.toMatchObject({
    code: 'model_limit_reached',
    message: expect.stringContaining('10,000 tokens a minute'),
  });
  await expect(take(0, 10_001)).rejects.toMatchObject({ code: 'model_limit_small' });
});

test('a limit of one model leaves the others alone, and both count where both are set', async () => {
  await limit({ model: 'gpt-6-sol', atOnce: 1 });
  const held = await take(0);
  await expect(take(1)).rejects.toSatisfy(isReached);
  await (await take(1, 1, 'gpt-6-luna')).end(1);
  await limit({ atOnce: 1 });
  await expect(take(1, 1, 'gpt-6-luna')).rejects.toSatisfy(isReached);
  await held.end(1);
  await (await take(1, 1, 'gpt-6-luna')).end(1);
});

test('a removed limit holds nobody back, nor does that of another workspace', async () => {
  await limit({ requestsPerMinute: 1 });
  await take(0);
  const stranger = await makeWorkspace(services.pool);
  await limitsOf(1).take(
    { workspaceId: stranger, provider: 'openai', model: 'gpt-6-sol', tokens: 1 },
    signal,
  );
  await deleteLimit(services, actor, {
    ...{ params: { provider: 'openai' }, query: { model: '*' }, body: undefined },
  });
  for (let n = 0; n < 5; n += 1) await take(n);
});

test('a limit that is set later owes nothing for what came before it', async () => {
  await limit({ atOnce: 5 });
  await (await take(0, 50_000)).end(90_000);
  await limit({ requestsPerMinute: 4, tokensPerMinute: 10_000 });
  await (await take(1, 2_500)).end(2_500);
  await expect(take(0)).rejects.toSatisfy(isReached);
});

test('who is cancelled while waiting takes nothing', async () => {
  await limit({ atOnce: 1 });
  const held = await take(0);
  const cancelled = new AbortController();
  const waits = take(1, 1, 'gpt-6-sol', cancelled.signal);
  cancelled.abort(new Error('stopped'));
  await expect(waits).rejects.toThrow();
  await held.end(1);
  await (await take(2)).end(1);
});

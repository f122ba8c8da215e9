import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { hookBurst, hooksPerSecond, webhookConfigSchema } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { createTrigger } from '../create-trigger';
import { anEcho, anEditor } from '../testing/fixture';
import { takeTurn } from './hook-store';

const receivers = 4;
let all: Services[];
let actor: Actor;
let workflowId: string;

beforeAll(async () => {
  const config = withSecrets(loadConfig(await testEnvironment()));
  all = await Promise.all(
    Array.from({ length: receivers }, (_, index) => createServices(config, `test-${index}`)),
  );
  const [first] = all as [Services];
  actor = await anEditor(first);
  workflowId = await anEcho(first, actor);
});
afterAll(() => Promise.all(all.map((one) => one.close())));

async function aHook(): Promise<string> {
  const config = webhookConfigSchema.parse({ answer: 'now' });
  const body = { kind: 'webhook', name: '', enabled: true, config } as const;
  const given = { params: { id: workflowId }, query: {}, body };
  return (await createTrigger(all[0] as Services, actor, given)).trigger.id;
}

it('has one budget for all receivers, and writes nothing for requests beyond it', async () => {
  const [first] = all as [Services];
  const id = await aHook();
  const began = performance.now();
  const taken = await Promise.all(
    Array.from({ length: 400 }, (_, index) =>
      takeTurn((all[index % receivers] as Services).pool, id),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  const allowed = taken.filter(Boolean).length;
  process.stdout.write(
    `${taken.length} requests at ${receivers} receivers at once: ${allowed} allowed in ${seconds.toFixed(2)} s\n`,
  );
  expect(allowed).toBeGreaterThanOrEqual(hookBurst);
  expect(allowed).toBeLessThanOrEqual(hookBurst + Math.ceil(seconds * hooksPerSecond));

  await first.pool.query(`update trigger set free_at = now() + interval '1 hour' where id = $1`, [
    id,
  ]);
  const row = async () =>
    (await first.pool.query('select xmin, free_at from trigger where id = $1', [id])).rows[0];
  const before = await row();
  expect(await takeTurn(first.pool, id)).toBe(false);
  expect(await row()).toEqual(before);
});

it('lets another webhook be, and forgets a rush after a while', async () => {
  const [first] = all as [Services];
  const [busy, other] = [await aHook(), await aHook()];
  await first.pool.query(`update trigger set free_at = now() + interval '1 hour' where id = $1`, [
    busy,
  ]);
  expect(await takeTurn(first.pool, busy)).toBe(false);
  expect(await takeTurn(first.pool, other)).toBe(true);
  await first.pool.query(`update trigger set free_at = now() - interval '1 hour' where id = $1`, [
    busy,
  ]);
  expect(await takeTurn(first.pool, busy)).toBe(true);
});

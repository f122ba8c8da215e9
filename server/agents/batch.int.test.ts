import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { aMember } from '@/server/tools/testing/task-world';
import { batchAgents } from './batch-agents';
import { listAgents } from './list-agents';

let services: Services;
const none = { params: {}, query: {}, body: undefined };
const actor = async (): Promise<Actor> => ({
  ...(await aMember(services.pool, 'editor')),
  ...{ role: 'editor', name: 'Ada', email: 'ada@example.com' },
});
const agent = (handle: string) => ({
  ...{
    handle,
    name: handle,
    description: '',
    instructions: 'Help.',
    model: 'auto' as const,
    skills: [],
  },
  ...{ tools: [], limits: usualLimits },
});

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services?.close());

test('each of a batch has a result of its own, and none reaches another workspace', async () => {
  const [ada, stranger] = [await actor(), await actor()];
  const send = (by: Actor, body: Partial<Parameters<typeof batchAgents>[2]['body']>) =>
    batchAgents(services, by, { ...none, body: { create: [], update: [], delete: [], ...body } });
  const made = await send(ada, { create: [agent('one'), agent('one'), agent('two')] });
  expect(made.items).toMatchObject([
    { do: 'create', index: 0, ok: true, agent: { handle: 'one' } },
    { do: 'create', index: 1, ok: false, error: { code: 'conflict' } },
    { do: 'create', index: 2, ok: true, agent: { handle: 'two' } },
  ]);
  const ids = made.items.flatMap((item) => (item.ok ? [item.id] : []));
  const [one = '', two = ''] = ids;
  const foreign = await send(stranger, { update: [{ id: one, agent: agent('x') }], delete: ids });
  expect(foreign.items.map((item) => !item.ok && item.error.code)).toEqual([
    ...['not_found', 'not_found', 'not_found'],
  ]);
  const mixed = await send(ada, {
    ...{ create: [agent('three')], update: [{ id: one, agent: agent('uno') }] },
    delete: [two, two],
  });
  expect(mixed.items).toMatchObject([
    { do: 'create', ok: true },
    { do: 'update', ok: true, agent: { handle: 'uno', version: 2 } },
    { do: 'delete', index: 0, ok: true, id: two, agent: null },
    { do: 'delete', index: 1, ok: false, error: { code: 'not_found' } },
  ]);
  const { items } = await listAgents(services, ada, { ...none, query: { limit: 50 } });
  expect(items.map(({ handle }) => handle)).toEqual(['three', 'uno']);
});

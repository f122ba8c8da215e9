import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createPool } from '@/server/db/pool';
import { createPrisma, type Prisma } from '@/server/db/prisma';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createAgent } from './create-agent';
import { deleteAgent } from './delete-agent';
import { findProfile } from './find-profile';
import { getAgent } from './get-agent';
import { listAgents } from './list-agents';
import { updateAgent } from './update-agent';

const none = { params: {}, query: {}, body: undefined };
const hints: unknown[] = [];
let prisma: Prisma;
let pool: ReturnType<typeof createPool>;
let services: Services;

const actorIn = (workspaceId: string): Actor => ({
  userId: 'user-1',
  name: 'Ada',
  email: 'ada@example.com',
  workspaceId,
  role: 'editor',
});
const ada = actorIn('one');
const stranger = actorIn('two');
const agent = (handle: string, more: object = {}) => ({
  ...none,
  body: {
    handle,
    name: `Agent ${handle}`,
    description: '',
    instructions: 'Help.',
    model: 'auto' as const,
    skills: [],
    tools: [],
    limits: usualLimits,
    ...more,
  },
});
const byId = (id: string) => ({ ...none, params: { id } });

beforeAll(async () => {
  const config = await testConfig();
  prisma = createPrisma(config);
  pool = createPool(config, { warn: () => undefined }, { max: 2 });
  const bus = { publish: (topic: string, message: unknown) => void hints.push([topic, message]) };
  services = { prisma, pool, bus } as unknown as Services;
  for (const id of ['one', 'two']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
  }
});
afterAll(async () => {
  await pool.end();
  await prisma.$disconnect();
});

test('an agent is created, read, changed and deleted, with a line in the audit trail each', async () => {
  const made = await createAgent(services, ada, agent('writer'));
  expect(await getAgent(services, ada, byId(made.id))).toEqual(made);
  const model = { provider: 'openai' as const, model: 'gpt-5.5' };
  const changed = await updateAgent(services, ada, {
    ...agent('author', { model }),
    params: { id: made.id },
  });
  expect(changed).toMatchObject({ id: made.id, handle: 'author', model });
  expect(await findProfile(prisma, 'one', '@author')).toMatchObject({ handle: 'author', model });
  expect(await findProfile(prisma, 'two', 'author')).toBeUndefined();
  await deleteAgent(services, ada, byId(made.id));
  await expect(getAgent(services, ada, byId(made.id))).rejects.toMatchObject({ code: 'not_found' });
  const trail = await prisma.audit.findMany({
    where: { subjectId: made.id },
    orderBy: { id: 'asc' },
  });
  expect(trail.map(({ action }) => action)).toEqual([
    'agent.created',
    'agent.updated',
    'agent.deleted',
  ]);
  expect(hints).toHaveLength(3);
  expect(hints[0]).toEqual(['workspace:one', { kind: 'agent', id: made.id }]);
});

test('of two who save the version that they read one is refused, and nothing of the other is lost (20 rounds)', async () => {
  const one = await createAgent(services, ada, { ...none, body: agent('guarded').body });
  let version = one.version;
  for (let round = 0; round < 20; round += 1) {
    const save = (instructions: string) =>
      updateAgent(services, ada, {
        ...{ params: { id: one.id }, query: { version } },
        body: { ...agent('guarded').body, instructions },
      });
    const both = await Promise.allSettled([save(`left ${round}`), save(`right ${round}`)]);
    const saved = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([{ code: 'conflict' }]);
    expect(saved).toHaveLength(1);
    version = saved[0]?.version ?? 0;
    const now = await getAgent(services, ada, {
      params: { id: one.id },
      query: {},
      body: undefined,
    });
    expect(now).toMatchObject({ version, instructions: saved[0]?.instructions });
  }
  // Who names no version replaces whatever is there.
  const last = await updateAgent(services, ada, { ...agent('guarded'), params: { id: one.id } });
  expect(last.version).toBe(version + 1);
});

test('a handle is taken once per workspace', async () => {
  const made = await createAgent(services, ada, agent('taken'));
  await expect(createAgent(services, ada, agent('taken'))).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(createAgent(services, stranger, agent('taken'))).resolves.toBeDefined();
  const other = await createAgent(services, ada, agent('free'));
  await expect(
    updateAgent(services, ada, { ...agent('taken'), params: { id: other.id } }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect(await getAgent(services, ada, byId(made.id))).toEqual(made);
});

test('another workspace sees, changes and deletes nothing', async () => {
  const made = await createAgent(services, ada, agent('private'));
  const attempts = [
    () => getAgent(services, stranger, byId(made.id)),
    () => updateAgent(services, stranger, { ...agent('stolen'), params: { id: made.id } }),
    () => deleteAgent(services, stranger, byId(made.id)),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await getAgent(services, ada, byId(made.id))).toEqual(made);
  expect(await prisma.audit.count({ where: { workspaceId: 'two', subjectId: made.id } })).toBe(0);
});

test('pages hold every agent once, by name', async () => {
  for (let index = 0; index < 7; index += 1)
    await createAgent(services, stranger, agent(`page-${index}`));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAgents(services, stranger, {
      ...none,
      query: { limit: 3, ...(cursor ? { cursor } : {}) },
    });
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(8);
  expect(seen).toEqual([...new Set(seen)].sort());
  await expect(
    listAgents(services, ada, { ...none, query: { limit: 3, cursor: 'nonsense' } }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

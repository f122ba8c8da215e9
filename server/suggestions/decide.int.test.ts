import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { firstHeldClientId } from '@/lib/suggestions/schema';
import { setField } from '@/lib/workflows/edits/edits';
import type { Definition } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { createLock } from '@/server/workflows/locks/change-locks';
import { createSuggestion } from './create-suggestion';
import { decideSuggestion } from './decide-suggestion';
import { getSuggestion } from './get-suggestion';
import { updateSuggestion } from './update-suggestion';

let services: Services;
const people: Actor[] = [];

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = randomUUID();
  const organization = { id: workspaceId, name: 'Deciders', slug: workspaceId };
  await services.prisma.organization.create({ data: organization });
  for (const name of ['Ana', 'Ben']) {
    const email = `${name}-${randomUUID()}@example.test`;
    const { id } = await services.prisma.user.create({ data: { id: randomUUID(), name, email } });
    const member = { id: randomUUID(), userId: id, organizationId: workspaceId, role: 'editor' };
    await services.prisma.member.create({ data: { ...member, createdAt: new Date() } });
    people.push({ userId: id, name, email, workspaceId, role: 'editor' });
  }
});
afterAll(() => services.close());

const person = (index: number): Actor => people[index] as Actor;
const ids = ['a', 'b', 'c'];
const before: Definition = {
  schema: 1,
  name: 'Plan',
  description: '',
  nodes: ids.map((id) => ({
    ...{ id, key: id, type: 'transform', name: id.toUpperCase(), position: { x: 0, y: 0 } },
    config: { expression: 'old' },
  })),
  edges: [],
};
const after = {
  ...before,
  nodes: before.nodes.map((node) => ({ ...node, config: { expression: 'new' } })),
};

async function suggested() {
  const none = { params: {}, query: {} };
  const { id } = await createWorkflow(services, person(0), { ...none, body: before as unknown });
  const body = { title: '', note: '', status: 'open', definition: after } as const;
  const made = await createSuggestion(services, person(1), { ...none, params: { id }, body });
  return { id, suggestionId: made.id };
}
type Suggested = Awaited<ReturnType<typeof suggested>>;

type Answers = { accept?: string[]; refuse?: string[] };
const decide = (by: Actor, { id, suggestionId }: Suggested, answers: Answers, over = services) =>
  decideSuggestion(over, by, {
    ...{ params: { id, suggestionId }, query: {} },
    body: { accept: [], refuse: [], take: [], apply: true, ...answers },
  });

/** What was decided of each step, and what stands in it. */
async function state({ id, suggestionId }: Suggested) {
  const at = { params: { id, suggestionId }, query: {}, body: undefined };
  const { decided } = await getSuggestion(services, person(0), at);
  const { nodes } = await services.drafts.read(id);
  return ids.map((each) => ({
    as: decided[`nodes/${each}`]?.as ?? 'open',
    text: nodes.find((node) => node.id === each)?.config.expression,
  }));
}

/** Services whose connection to the database breaks before the statement with this number of a transaction. */
function breakingBefore(statement: number) {
  let count = 0;
  const connect = async () => {
    const client = await services.pool.connect();
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const end = async () => {
      const { rows } = (await query('select pg_backend_pid() as pid')) as {
        rows: { pid: number }[];
      };
      client.on('error', () => undefined);
      await services.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    };
    return new Proxy(client, {
      get(target, name) {
        if (name !== 'query') {
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async (...args: unknown[]) => {
          count += 1;
          if (count === statement) await end();
          return query(...args);
        };
      },
    }) as PoolClient;
  };
  const pool = new Proxy(services.pool, {
    get: (target, name) => {
      if (name === 'connect') return connect;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as Pool;
  return { pool, count: () => count };
}

test('a connection that breaks before any statement leaves what is decided and what is edited the same', async () => {
  const { createDraftStore } = await import('@/server/workflows/draft/draft-store');
  let tries = 0;
  for (let statement = 1; ; statement += 1) {
    const made = await suggested();
    const { pool, count } = breakingBefore(statement);
    const { bus, log } = services;
    const over = { ...services, pool, drafts: createDraftStore({ pool, bus, log }) };
    const answer = await decide(person(0), made, { accept: ['nodes/a'] }, over).catch(
      () => undefined,
    );
    const [a, b] = await state(made);
    const whole = a?.as === 'accepted' ? 'new' : 'old';
    expect(a, `broken before statement ${statement}`).toEqual({
      as: whole === 'new' ? 'accepted' : 'open',
      text: whole,
    });
    expect(b).toEqual({ as: 'open', text: 'old' });
    if (answer) expect(whole).toBe('new');
    tries += 1;
    if (count() < statement) break;
  }
  expect(tries).toBeGreaterThan(6);
  process.stdout.write(`${tries} breaks, 0 failures\n`);
});

test('people who decide at once: each part is decided by one of them, and the draft says what was decided', async () => {
  const rounds = 40;
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  for (let round = 0; round < rounds; round += 1) {
    const made = await suggested();
    const asked = Array.from({ length: 4 }, (_, index) => {
      const key = `nodes/${ids[Math.floor(random() * ids.length)]}`;
      const as = random() < 0.5 ? ('accept' as const) : ('refuse' as const);
      return { by: person(index % 2), key, as };
    });
    const answers = await Promise.allSettled(
      asked.map(({ by, key, as }) => decide(by, made, { [as]: [key] })),
    );
    for (const { as, text } of await state(made))
      expect(text).toBe(as === 'accepted' ? 'new' : 'old');
    for (const id of ids) {
      const about = answers.filter((_, index) => asked[index]?.key === `nodes/${id}`);
      const won = about.filter(({ status }) => status === 'fulfilled').length;
      expect(won, `round ${round}, ${JSON.stringify(asked)}`).toBe(Math.min(1, about.length));
      for (const each of about) {
        if (each.status === 'rejected') {
          expect(['conflict', 'already_finished']).toContain(each.reason.code);
        }
      }
    }
  }
  process.stdout.write(`${rounds} interleavings, 0 failures\n`);
});

test('a lock refuses before anything is decided; refusing needs no edit', async () => {
  const made = await suggested();
  const body = { nodeIds: ['a'], reason: 'mine', expiresAt: null };
  await createLock(services, person(1), { params: { id: made.id }, query: {}, body });
  const refused = decide(person(0), made, { accept: ['nodes/a', 'nodes/b'] });
  await expect(refused).rejects.toMatchObject({ code: 'locked' });
  expect((await state(made)).map(({ as }) => as)).toEqual(['open', 'open', 'open']);
  await decide(person(0), made, { refuse: ['nodes/a'] });
  await decide(person(0), made, { accept: ['nodes/b'] });
  expect(await state(made)).toEqual([
    { as: 'refused', text: 'old' },
    { as: 'accepted', text: 'new' },
    { as: 'open', text: 'old' },
  ]);
});

test('two tabs of one author unite what they suggest, whichever is saved last', async () => {
  const none = { params: {}, query: {} };
  const { id } = await createWorkflow(services, person(0), { ...none, body: before as unknown });
  const held = async (node: string, client: number) => {
    const doc = await services.drafts.copy(id);
    doc.clientID = firstHeldClientId + client;
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    setField({ doc, catalogue, origin: 'test' }, node, ['expression'], 'new');
    return Buffer.from(Y.mergeUpdates(updates)).toString('base64');
  };
  const body = { title: '', note: '', status: 'draft', update: await held('a', 1) } as const;
  const made = await createSuggestion(services, person(1), { ...none, params: { id }, body });
  const at = { params: { id, suggestionId: made.id }, query: {} };
  const other = { update: await held('b', 2) };
  await updateSuggestion(services, person(1), { ...at, body: other });
  const first = { update: await held('a', 1) };
  const both = await updateSuggestion(services, person(1), { ...at, body: first });
  expect(both.changes.map(({ key }) => key).toSorted()).toEqual(['nodes/a', 'nodes/b']);
});

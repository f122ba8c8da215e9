import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };
let admin: Somebody;
const rounds = 10;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  admin = await join(owner, 'admin', 'Ada');
});
afterAll(() => services?.close());

const asked = async (method: string, path: string, body?: unknown, who: Somebody = owner) => {
  const answer = await ask(method, `/api/v2${path}`, who.headers, { body });
  return { status: answer.status, body: answer.body };
};
const made = async (path: string, body: unknown) => {
  const answer = await asked('POST', path, body);
  expect([200, 201]).toContain(answer.status);
  return answer.body;
};

const agents = ['one', 'two', 'three'];
async function newTrigger() {
  const start = { id: 's', key: 's', type: 'start', name: 'Start', position: { x: 0, y: 0 } };
  const nodes = [{ ...start, config: { inputs: [] } }];
  const { id } = await made('/workflows', { name: 'On time', nodes, edges: [] });
  const config = { cron: '0 9 * * 1', timeZone: 'Europe/Berlin', missed: 'once', overlap: 'skip' };
  const body = { kind: 'schedule', name: '', enabled: false, config: { ...config, input: {} } };
  const { trigger } = await made(`/workflows/${id}/triggers`, body);
  const now = async () => (await asked('GET', `/workflows/${id}/triggers`)).body.items[0];
  return { path: `/triggers/${trigger.id}`, now };
}

type Kind = {
  /** Makes one: where it is changed, and what it is as a form reads it. */
  make(): Promise<{ path: string; read: () => Promise<Record<string, unknown>> }>;
  method?: string;
  /** The change of one of two people. */
  change(was: Record<string, unknown>, by: number): Record<string, unknown>;
};

const read = (path: string, names: readonly string[]) => async () => {
  const { body } = await asked('GET', path);
  const found =
    'items' in body ? body.items.find(({ id }: { id: string }) => path.includes(id)) : body;
  return Object.fromEntries(names.map((name) => [name, found[name]]));
};

const kinds: Record<string, Kind> = {
  table: {
    async make() {
      const columns = [{ name: 'email', type: 'text' }];
      const { id } = await made('/tables', { name: 'Customers', columns });
      return { path: `/tables/${id}`, read: read(`/tables/${id}`, ['name', 'columns']) };
    },
    change: ({ columns }, by) => ({
      columns: [
        ...(columns as object[]),
        { name: `of ${by} ${crypto.randomUUID()}`, type: 'text' },
      ],
    }),
  },
  connection: {
    async make() {
      const config = { hosts: ['api.example.com'] };
      const body = { name: 'Shop', kind: 'bearer', config, secret: 'a secret of the shop' };
      const { id } = await made('/connections', body);
      const names = ['name', 'config', 'allowedWorkflowIds', 'allowedUserIds'];
      return { path: `/connections/${id}`, read: read(`/connections/${id}`, names) };
    },
    change: (_was, by) => ({ name: `Shop ${by} ${crypto.randomUUID()}` }),
  },
  trigger: {
    async make() {
      const { path, now } = await newTrigger();
      const nameAndConfig = async () => {
        const { name, config } = await now();
        return { name, config };
      };
      return { path, read: nameAndConfig };
    },
    change: ({ config }, by) => ({
      name: crypto.randomUUID(),
      config: { ...(config as object), cron: `${by} 9 * * 1` },
    }),
  },
  pool: {
    async make() {
      const { id } = await made('/pools', { name: 'Team', agents: [{ agent: 'one' }] });
      const list = async () => {
        const { body } = await asked('GET', '/pools');
        const pool = body.items.find((one: { id: string }) => one.id === id);
        const members = pool.agents.map((one: { handle: string; weight: number }) => ({
          agent: one.handle,
          weight: one.weight,
        }));
        return { strategy: pool.strategy, agents: members };
      };
      return { path: `/pools/${id}`, read: list };
    },
    change: (was, by) => {
      const [first] = was.agents as { weight: number }[];
      const weight = ((first?.weight ?? 1) % 8) + 1 + by;
      return {
        agents: [
          { agent: agents[by], weight },
          { agent: 'three', weight },
        ],
      };
    },
  },
  service: {
    async make() {
      const document = {
        ...{ openapi: '3.0.0', info: { title: 'Shop', version: '1' } },
        ...{ servers: [{ url: 'https://shop.example.com' }] },
        paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 'ok' } } } } },
      };
      const { id } = await made('/openapi-services', { name: 'Shop', document });
      const names = ['name', 'serverUrl', 'connection'];
      const path = `/openapi-services/${id}`;
      return { path, read: read(path, names) };
    },
    change: (_was, by) => ({ serverUrl: `https://${by}.${crypto.randomUUID()}.example.com` }),
  },
  budget: {
    async make() {
      const { id } = await made('/budgets', { scope: 'workspace', window: 'day', capUsd: '5' });
      const names = ['capUsd', 'window', 'softAt', 'onBreach'];
      return { path: `/budgets/${id}`, read: read(`/budgets/${id}`, names) };
    },
    change: ({ capUsd }, by) => ({ capUsd: String(Number(capUsd) + 1 + by) }),
  },
  'notification settings': {
    method: 'PUT',
    async make() {
      const names = ['triggeredTo', 'mailConnection', 'webhook'];
      return { path: '/notification-settings', read: read('/notification-settings', names) };
    },
    change: (was, by) => {
      const others = ['publisher', 'admins', 'both'].filter((one) => one !== was.triggeredTo);
      return { mailConnection: null, webhook: null, triggeredTo: others[by] };
    },
  },
};

test.for(Object.entries(kinds))(
  'of two who save one %s at once, one is told, and nothing is lost',
  async ([name, kind]) => {
    if (name === 'pool') {
      for (const handle of agents)
        await made('/agents', { name: handle, handle, instructions: 'Helps.' });
    }
    const { path, read: now } = await kind.make();
    const save = (body: Record<string, unknown>, who: Somebody) =>
      asked(kind.method ?? 'PATCH', path, body, who);
    for (let round = 0; round < rounds; round += 1) {
      const was = await now();
      const changes = [0, 1].map((by) => kind.change(was, by));
      const answers = await Promise.all(
        changes.map((change, by) => save({ ...change, was }, by === 0 ? owner : admin)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const lost = answers.find(({ status }) => status === 409);
      expect(lost?.body.error.code).toBe('conflict');
      expect(lost?.body.error.message).toContain('changed by somebody else');
      const won = changes[answers.findIndex(({ status }) => status === 200)];
      expect(simple(await now())).toMatchObject(simple({ ...won }));
    }
    // Whoever read it afterwards saves; so does a program that does not say what it read.
    const was = await now();
    expect((await save({ ...kind.change(was, 0), was }, admin)).status).toBe(200);
    expect((await save(kind.change(await now(), 1), admin)).status).toBe(200);
  },
);

/** New columns get an id, and agents of a pool come by their name. */
function simple(value: Record<string, unknown>): Record<string, unknown> {
  const sorted = (value.agents as { agent: string }[] | undefined)?.toSorted((a, b) =>
    a.agent < b.agent ? -1 : 1,
  );
  return {
    ...value,
    ...(sorted ? { agents: sorted } : {}),
    ...(Array.isArray(value.columns)
      ? { columns: value.columns.map(({ name }) => ({ name })) }
      : {}),
  };
}

test('a trigger that one turns on while another saves its settings is both', async () => {
  const { path, now } = await newTrigger();
  for (let round = 0; round < rounds; round += 1) {
    const before = await now();
    const config = { ...before.config, cron: `${round} 10 * * 1` };
    const was = { config: before.config };
    const answers = await Promise.all([
      asked('PATCH', path, { enabled: !before.enabled, was: { enabled: before.enabled } }),
      asked('PATCH', path, { config, was }, admin),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const after = await now();
    expect([after.enabled, after.config.cron]).toEqual([!before.enabled, config.cron]);
  }
});

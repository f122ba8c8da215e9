import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor, Role } from '@/lib/people/schema';
import type { RunTrigger } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { addPerson, addWorkflow } from '@/server/realtime/testing/fixture';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { listNotifications } from '../list-notifications';
import { readNotifications } from '../read-notifications';
import { tellRuns } from './tell-runs';

let services: Services;
let env: Record<string, string>;
let worker: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  env = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(env)), 'test');
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const step = (id: string, type: string, config: object) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
});
const failing = definitionSchema.parse({
  name: 'Invoices',
  nodes: [step('stop', 'stop', { as: 'failure', message: 'No such customer: {{ input.n }}' })],
  edges: [],
});
const lonely = definitionSchema.parse({
  name: 'Invoices',
  nodes: [
    step('who', 'agent', {
      ...{ who: 'fits', prompt: 'Do it.', skills: [{ id: 's', name: 'deployment' }] },
    }),
  ],
  edges: [],
});

type World = {
  workspaceId: string;
  workflowId: string;
  people: Record<'owner' | 'ed' | 'pia', string>;
};
let world: World;
beforeEach(async () => {
  const workspaceId = await makeWorkspace(services.pool);
  const add = async (role: Role, name: string) =>
    (await addPerson(services, workspaceId, role, name)).userId;
  const people = {
    owner: await add('owner', 'Olga'),
    ed: await add('editor', 'Ed'),
    pia: await add('editor', 'Pia'),
  };
  const workflowId = await addWorkflow(services, workspaceId, failing);
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash, published_by)
     values (gen_random_uuid(), $1, 1, '{}', 'h', $2)`,
    [workflowId, people.pia],
  );
  world = { workspaceId, workflowId, people };
});

type Start = {
  definition?: typeof failing;
  mode?: 'live' | 'rehearsal';
  trigger?: RunTrigger;
  startedBy?: string;
  draftAt?: Date;
  inline?: true;
  n?: number;
};
async function run(given: Start = {}): Promise<string> {
  const { definition = failing, mode = 'live', trigger = 'manual', startedBy, draftAt } = given;
  const { id } = await services.engine.start({
    workspaceId: world.workspaceId,
    ...(given.inline ? {} : { workflowId: world.workflowId }),
    ...(draftAt ? { draftAt: draftAt.getTime() } : { versionNumber: 1 }),
    ...(startedBy === undefined ? {} : { startedBy }),
    ...{ name: 'Invoices', mode, trigger, plan: compile(definition, catalogue) },
    ...{ definitionHash: 'test', input: { n: given.n ?? 1 } },
  });
  return id;
}
const fails = async (given?: Start) => {
  const id = await run(given);
  expect((await ended(services, id)).status).toBe('failed');
  return id;
};
const actorOf = (userId: string): Actor => ({
  ...{ userId, name: '', email: '', role: 'viewer', workspaceId: world.workspaceId },
});
async function inbox(userId: string) {
  const query = { limit: 50, unread: undefined, waiting: undefined, cursor: undefined };
  const all = { params: {}, query, body: undefined };
  return (await listNotifications(services, actorOf(userId), all)).items;
}
const read = (userId: string, body: { id?: string; runId?: string }) =>
  readNotifications(services, actorOf(userId), { params: {}, query: {}, body });
const untold = async () =>
  (await services.pool.query('select 1 from run_notice where told_at is null')).rowCount;
const tellAll = async () => {
  while ((await untold()) !== 0) await tellRuns(services);
};

test('whoever started a run that failed is told, with where and why, and reads it', async () => {
  const { ed, pia, owner } = world.people;
  const id = await fails({ startedBy: ed });
  await tellAll();
  await tellAll();
  expect(await inbox(ed)).toMatchObject([
    {
      ...{ kind: 'failed', runId: id, stepId: 'stop', actor: null, readAt: null },
      ...{ workflow: { id: world.workflowId }, text: 'No such customer: 1' },
    },
  ]);
  expect([await inbox(pia), await inbox(owner)]).toEqual([[], []]);
  expect(await read(ed, { runId: id })).toEqual({ read: 1 });
  expect(await read(ed, { runId: id })).toEqual({ read: 0 });
});

test('rehearsals, drafts, inline runs and turns of a chat tell nobody', async () => {
  const { ed, pia, owner } = world.people;
  await fails({ startedBy: ed, mode: 'rehearsal' });
  await fails({ startedBy: ed, draftAt: new Date() });
  await fails({ startedBy: ed, inline: true, trigger: 'api' });
  await tellAll();
  expect([await inbox(ed), await inbox(pia), await inbox(owner)]).toEqual([[], [], []]);
});

test('of a run that a trigger started, its publisher is told; when they left, the admins', async () => {
  const { pia, owner } = world.people;
  await fails({ trigger: 'schedule' });
  await tellAll();
  expect([(await inbox(pia)).length, (await inbox(owner)).length]).toEqual([1, 0]);
  await services.pool.query('delete from member where "userId" = $1', [pia]);
  await fails({ trigger: 'webhook' });
  await tellAll();
  expect([(await inbox(pia)).length, (await inbox(owner)).length]).toEqual([1, 1]);
});

test('many failures of a workflow are one notification with a count, until it is read', async () => {
  const { pia } = world.people;
  const many = 40;
  await Promise.all(Array.from({ length: many }, (_, n) => fails({ trigger: 'webhook', n })));
  // Two processes at once: one of them tells, the other leaves it alone.
  while ((await untold()) !== 0) await Promise.all([tellRuns(services), tellRuns(services)]);
  const [only, ...others] = await inbox(pia);
  expect([only?.count, others]).toEqual([many, []]);
  const newest = await services.pool.query<{ run_id: string }>(
    'select run_id from run_notice n join run r on r.id = n.run_id where r.workspace_id = $1 order by n.created_at desc, n.run_id desc limit 1',
    [world.workspaceId],
  );
  expect(only?.runId).toBe(newest.rows[0]?.run_id);
  await read(pia, {});
  const next = await fails({ trigger: 'webhook' });
  await tellAll();
  expect((await inbox(pia)).map(({ runId, count }) => [runId, count])).toEqual([
    [next, undefined],
    [only?.runId, many],
  ]);
}, 60_000);

test('a step for which no agent fits tells once, and says when it waits no longer', async () => {
  const { ed, pia, owner } = world.people;
  const id = await run({ definition: lonely, startedBy: ed });
  await eventually('it is noted', async () => (await untold()) !== 0);
  await tellAll();
  const expected = { kind: 'waiting', runId: id, stepId: 'who', open: true };
  for (const person of [ed, owner]) {
    expect(await inbox(person)).toMatchObject([expected]);
    expect((await inbox(person))[0]?.text).toContain('There are no agents');
  }
  expect(await inbox(pia)).toEqual([]);
  // It looks again and again: no second notice.
  const attempt = (await services.engine.load(id))?.steps.who?.attempt ?? 0;
  const again = { ok: 'again' } as const;
  await services.engine.dispatch(id, { type: 'resume', stepId: 'who', attempt, end: again });
  await eventually('it waits again', async () => {
    const who = (await services.engine.load(id))?.steps.who;
    return who?.status === 'waiting' && who.attempt > attempt;
  });
  expect(await untold()).toBe(0);
  expect(await inbox(ed)).toMatchObject([{ ...expected, readAt: null }]);
  await services.engine.dispatch(id, { type: 'cancel', by: 'ed' });
  await ended(services, id);
  await tellAll();
  expect(await inbox(ed)).toMatchObject([{ ...expected, open: false }]);
}, 30_000);

test('a process that is killed before its commit has told nobody, and the next one tells once', async () => {
  const { ed } = world.people;
  await fails({ startedBy: ed });
  const entry = join(import.meta.dirname, '..', 'testing', 'telling-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toBe('told');
  // While it lives, nobody else tells.
  expect(await tellRuns(services)).toBe(0);
  child.kill('SIGKILL');
  await exited;
  expect(await inbox(ed)).toEqual([]);
  await eventually('the other process tells', async () => (await tellRuns(services)) === 1);
  expect(await inbox(ed)).toHaveLength(1);
  expect(await tellRuns(services)).toBe(0);
}, 60_000);

test('a workflow in the trash and another workspace hear nothing', async () => {
  const { pia, ed } = world.people;
  await fails({ startedBy: ed });
  const elsewhere = await makeWorkspace(services.pool);
  await services.pool.query('update member set "organizationId" = $2 where "userId" = $1', [
    ed,
    elsewhere,
  ]);
  await tellAll();
  // Ed is a member elsewhere only: the publisher hears it in their place.
  expect(await inbox(ed)).toEqual([]);
  expect(await inbox(pia)).toHaveLength(1);
  await fails({ trigger: 'schedule' });
  await services.pool.query('update workflow set deleted_at = now() where id = $1', [
    world.workflowId,
  ]);
  await tellAll();
  expect(await inbox(pia)).toEqual([]);
  await services.pool.query('update workflow set deleted_at = null where id = $1', [
    world.workflowId,
  ]);
  expect(await inbox(pia)).toMatchObject([{ kind: 'failed' }]);
  expect((await inbox(pia))[0]?.count).toBeUndefined();
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import type { ScheduleConfig } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { updateTrigger } from './change-trigger';
import { createTrigger } from './create-trigger';
import { dueSchedules, fireSchedule } from './fire-schedule';
import { listDeliveries } from './list-triggers';
import { anEcho, anEditor } from './testing/fixture';

const processes = 4;
let env: Record<string, string>;
let all: Services[];
let services: Services;
let actor: Actor;
let workflowId: string;

beforeAll(async () => {
  env = await testEnvironment();
  const config = withSecrets(loadConfig(env));
  all = await Promise.all(
    Array.from({ length: processes }, (_, index) => createServices(config, `test-${index}`)),
  );
  services = all[0] as Services;
  actor = await anEditor(services);
  workflowId = await anEcho(services, actor);
});
afterAll(() => Promise.all(all.map((one) => one.close())));

/** A schedule that has been due since `ago` milliseconds; nobody looks by itself here. */
async function due(given: Partial<ScheduleConfig> = {}, ago = 1_000, of = workflowId) {
  const config: ScheduleConfig = {
    cron: '0 0 1 1 *',
    timeZone: 'UTC',
    missed: 'once',
    overlap: 'skip',
    input: { a: 1 },
    ...given,
  };
  const { trigger } = await createTrigger(services, actor, {
    params: { id: of },
    query: {},
    body: { kind: 'schedule', name: '', enabled: true, config },
  });
  const at = new Date(Date.now() - ago);
  await setDue(trigger.id, at);
  return { id: trigger.id, at };
}

const setDue = (id: string, at: Date) =>
  services.pool.query('update trigger set next_at = $2 where id = $1', [id, at]);

async function look(by: Services = services) {
  const rows = await dueSchedules(by.pool, 1_000);
  return Promise.all(rows.map((row) => fireSchedule(by, row)));
}

async function runsOf(id: string) {
  const { rows } = await services.pool.query<{ id: string; trigger: string; input: unknown }>(
    `select id, trigger, input from run where idempotency_key like $1 order by created_at`,
    [`trigger:${id}:%`],
  );
  return rows;
}

async function outcomes(id: string) {
  const { items } = await listDeliveries(services, actor, {
    params: { id },
    query: {},
    body: undefined,
  });
  return items.map(({ outcome }) => outcome);
}

const nextOf = async (id: string) =>
  (await services.pool.query('select next_at from trigger where id = $1', [id])).rows[0].next_at;

it('takes each due time once, however many processes look at the same moment', async () => {
  const workflows = await Promise.all(Array.from({ length: 8 }, () => anEcho(services, actor)));
  const made = await Promise.all(
    workflows.flatMap((of) => Array.from({ length: 15 }, () => due({}, 1_000, of))),
  );
  const moved = (await Promise.all(all.map((one) => look(one)))).flat();
  const runs = await Promise.all(made.map(({ id }) => runsOf(id)));
  const counts = runs.map((each) => each.length);
  process.stdout.write(
    `${made.length} due schedules, ${processes} processes at once: ${counts.reduce((a, b) => a + b, 0)} runs, ${moved.filter(Boolean).length} moved on by ${moved.length} tries\n`,
  );
  expect(counts).toEqual(made.map(() => 1));
  expect(moved.filter(Boolean)).toHaveLength(made.length);
  expect(runs[0]?.[0]).toMatchObject({ trigger: 'schedule', input: { a: 1 } });
  expect((await nextOf(made[0]?.id ?? '')).getTime()).toBeGreaterThan(Date.now());
  expect(await look()).toEqual([]);
});

it('loses and doubles nothing when the process is killed between starting and moving on', async () => {
  const { id, at } = await due();
  const entry = join(import.meta.dirname, 'testing', 'scheduler-process.ts');
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await once(
    createInterface({ input: child.stdout as NodeJS.ReadableStream }),
    'line',
  )) as [string];
  child.kill('SIGKILL');
  await exited;
  expect(await nextOf(id)).toEqual(at);

  expect(await look()).toEqual([true]);
  const runs = await runsOf(id);
  expect(runs.map((run) => `started ${run.id}`)).toEqual([line]);
  expect(await outcomes(id)).toEqual(['started']);
});

it('tries again what failed for now, and goes on from what fails for good', async () => {
  const { id, at } = await due();
  const [row] = await dueSchedules(services.pool, 1);
  if (row === undefined) throw new Error('nothing is due');
  const away = fireSchedule(services, row, () =>
    Promise.reject(new Error('connection terminated')),
  );
  await expect(away).rejects.toThrow();
  expect(await nextOf(id)).toEqual(at);
  expect(await look()).toEqual([true]);
  expect(await runsOf(id)).toHaveLength(1);

  const unpublished = await due({}, 1_000, await anEcho(services, actor, null));
  expect(await look()).toEqual([true]);
  expect(await outcomes(unpublished.id)).toEqual(['failed']);
  expect(await runsOf(unpublished.id)).toEqual([]);
});

const end = async (id: string) => {
  const [run] = (await runsOf(id)).slice(-1);
  await services.engine.dispatch(run?.id ?? '', { type: 'cancel', by: 'test' });
};
const again = (id: string) => setDue(id, new Date(Date.now() - 500));

it('starts another, none, or one later, while the run before has not ended', async () => {
  const start = await due({ overlap: 'start' });
  const skip = await due({ overlap: 'skip' });
  const wait = await due({ overlap: 'wait' });
  await look();
  for (const { id } of [start, skip, wait]) await again(id);
  await look();
  await look();
  const counts = async () =>
    Promise.all([start, skip, wait].map(async ({ id }) => (await runsOf(id)).length));
  expect(await counts()).toEqual([2, 1, 1]);
  expect(await outcomes(skip.id)).toEqual(['skipped', 'started']);
  expect((await nextOf(wait.id)).getTime()).toBeLessThan(Date.now());

  for (const { id } of [start, skip, wait]) await end(id);
  await look();
  expect(await counts()).toEqual([2, 1, 2]);
});

it('starts once for what was missed, or not at all', async () => {
  const rare = { cron: '0 0 * * *' };
  const onceFor = await due({ ...rare, missed: 'once' }, 3 * 86_400_000);
  const none = await due({ ...rare, missed: 'skip' }, 3 * 86_400_000);
  for (let turn = 0; turn < 3; turn += 1) await look();
  expect(await runsOf(onceFor.id)).toHaveLength(1);
  expect(await outcomes(onceFor.id)).toEqual(['started']);
  const seen = await outcomes(none.id);
  // Within a minute of midnight the time that has just come is not a missed one.
  expect(seen.filter((one) => one === 'started').length).toBe((await runsOf(none.id)).length);
  if (Date.now() % 86_400_000 > 120_000) expect(seen).toEqual(['skipped']);
});

it('starts nothing while it is off, and makes up for nothing when it is on again', async () => {
  const { id } = await due({}, 86_400_000);
  const set = (enabled: boolean) =>
    updateTrigger(services, actor, { params: { id }, query: {}, body: { enabled } });
  expect(await set(false)).toMatchObject({ enabled: false, nextAt: null });
  await look();
  const on = await set(true);
  expect(on.kind === 'schedule' && Date.parse(on.nextAt ?? '')).toBeGreaterThan(Date.now());
  await look();
  expect(await runsOf(id)).toEqual([]);
});

it('keeps no more than the newest outcomes', async () => {
  const { id } = await due({ cron: '* * * * *', overlap: 'skip' });
  for (let turn = 0; turn < 40; turn += 1) {
    await setDue(id, new Date(Date.now() - 500));
    await look();
  }
  expect((await outcomes(id)).length).toBe(25);
});

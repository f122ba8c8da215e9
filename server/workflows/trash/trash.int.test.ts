import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { setMeta } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { readRun } from '@/server/runs/reading/read-run';
import { readVersion } from '@/server/runs/starting/read-version';
import { startRun } from '@/server/runs/starting/start-run';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createTrigger } from '@/server/triggers/create-trigger';
import { dueSchedules, fireSchedule } from '@/server/triggers/fire-schedule';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from '../create-workflow';
import { getWorkflow } from '../get-workflow';
import { listWorkflows } from '../list-workflows';
import { publishWorkflow } from '../publish-workflow';
import { deleteWorkflow } from './delete-workflow';
import { listTrash } from './list-trash';
import { purgeWorkflow } from './purge-workflow';
import { restoreWorkflow } from './restore-workflow';
import { sweepTrash } from './sweep-trash';

let services: Services;
let ada: Actor;
let ben: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [ada, stranger] = [await anEditor(services), await anEditor(services)];
  const id = randomUUID();
  await services.prisma.user.create({ data: { id, name: 'Ben', email: `${id}@example.com` } });
  ben = { ...ada, userId: id, name: 'Ben' };
});
afterAll(() => services.close());

const of = (id: string) => ({ params: { id }, query: {}, body: undefined });
async function echo(): Promise<string> {
  const nodes = [{ id: 'echo', type: 'transform', name: 'Echo', config: { expression: 'input' } }];
  const text = JSON.stringify({ name: 'Echo', nodes });
  const body = { text, mediaType: 'application/json' };
  const { id } = await createWorkflow(services, ada, { ...of(''), params: {}, body });
  await publishWorkflow(services, ada, { ...of(id), body: { note: '' } });
  return id;
}
const trash = (id: string, by = ada) => deleteWorkflow(services, by, of(id));
const restore = (id: string, by = ada) => restoreWorkflow(services, by, of(id));
const purge = (id: string, by = ada) => purgeWorkflow(services, by, of(id));
const get = (id: string) => getWorkflow(services, ada, of(id));
const trashed = async (by = ada) =>
  (await listTrash(services, by, { ...of(''), params: {}, query: { limit: 200 } })).items;
const listed = async () =>
  (
    await listWorkflows(services, ada, {
      ...of(''),
      params: {},
      query: { limit: 200, sort: 'updated' },
    })
  ).items.map(({ id }) => id);
const start = (id: string) =>
  startRun(services, ada, { ...of(id), body: { input: {}, mode: 'live' } });
const actions = async (id: string) =>
  (
    await services.pool.query<{ action: string }>(
      'select action from audit where subject_id = $1 order by id',
      [id],
    )
  ).rows.map(({ action }) => action.replace('workflow.', ''));
const endRuns = (id: string) =>
  services.pool.query(
    "update run set finished_at = now(), status = 'succeeded', wake_at = null where workflow_id = $1",
    [id],
  );
const age = (id: string, days: number) =>
  services.pool.query(
    "update workflow set deleted_at = deleted_at - $2 * interval '1 day' where id = $1",
    [id, days],
  );
const rowsOf = async (id: string) =>
  (await services.pool.query('select from workflow where id = $1', [id])).rowCount;

it('is out of lists in the trash, says who put it there, and comes back as it was', async () => {
  const id = await echo();
  const before = await get(id);
  await trash(id, ben);
  expect(await listed()).not.toContain(id);
  const item = (await trashed()).find((each) => each.id === id);
  expect(item).toMatchObject({ name: before.name, deletedBy: 'Ben', liveVersion: 1 });
  const stay = Date.parse(item?.goesAt ?? '') - Date.parse(item?.deletedAt ?? '');
  expect(stay).toBe(30 * 86_400_000);
  await expect(get(id)).rejects.toMatchObject({
    code: 'not_found',
    details: { trashed: { name: before.name, deletedBy: 'Ben' } },
  });
  expect(await restore(id)).toEqual({ id, name: before.name });
  const { updatedAt, ...after } = await get(id);
  expect(after).toEqual({ ...before, updatedAt: undefined });
  expect(updatedAt >= before.updatedAt).toBe(true);
  expect(await trashed()).not.toContainEqual(expect.objectContaining({ id }));
  expect((await actions(id)).slice(-2)).toEqual(['deleted', 'undeleted']);
});

it('is deleted once and restored once, however many do it at once', async () => {
  const id = await echo();
  await Promise.all([trash(id), trash(id, ben), trash(id), trash(id, ben)]);
  await Promise.all([restore(id), restore(id, ben), restore(id)]);
  const counted = (await actions(id)).filter((action) => action.endsWith('deleted'));
  expect(counted).toEqual(['deleted', 'undeleted']);
  expect(await listed()).toContain(id);
});

it('belongs to its workspace', async () => {
  const id = await echo();
  await expect(trash(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await trash(id);
  expect(await trashed(stranger)).toEqual([]);
  for (const attempt of [restore, purge, trash]) {
    await expect(attempt(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(getWorkflow(services, stranger, of(id))).rejects.toThrow('does not exist');
});

it('keeps an edit that was stored while it was deleted', async () => {
  const id = await echo();
  const edit = services.drafts.edit(id, { userId: ben.userId, source: 'person' }, (draft) =>
    setMeta(draft, { name: 'Renamed meanwhile' }),
  );
  const [edited] = await Promise.allSettled([edit, trash(id)]);
  await restore(id);
  const name = edited.status === 'fulfilled' ? 'Renamed meanwhile' : 'Echo';
  const { definition, ...view } = await get(id);
  expect([definition.name, view.name]).toEqual([name, name]);
});

it('is published, or in the trash, or both in this order; never live by a publishing after it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await echo();
    await services.drafts.edit(id, { userId: ada.userId, source: 'api' }, (draft) =>
      setMeta(draft, { name: `Round ${round}` }),
    );
    const publishing = publishWorkflow(services, ben, { ...of(id), body: { note: '' } });
    const [published] = await Promise.allSettled([publishing, trash(id)]);
    if (published.status === 'rejected') {
      expect(published.reason).toMatchObject({ code: 'not_found' });
    }
    await restore(id);
    expect((await get(id)).liveVersion).toBe(published.status === 'fulfilled' ? 2 : 1);
  }
});

it('starts no run once it is in the trash, and says why; runs under way stay', async () => {
  const id = await echo();
  const before = await start(id);
  const [meanwhile] = await Promise.allSettled([start(id), trash(id)]);
  if (meanwhile.status === 'rejected') {
    expect(meanwhile.reason).toMatchObject({ code: 'not_found' });
  }
  await expect(start(id)).rejects.toThrow('“Echo” is in the trash. Restore it to run it.');
  // What a step that runs another workflow reads.
  const read = readVersion(services.pool, ada.workspaceId, id, 1);
  await expect(read).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringMatching(/trash/),
  });
  const run = await readRun(services, ada, of(before.id));
  expect(run.finishedAt).toBeNull();
});

it('lets its schedules rest, and makes up for nothing that passed', async () => {
  const id = await echo();
  const config = {
    ...{ cron: '0 * * * *', timeZone: 'UTC', input: {} },
    ...{ missed: 'once' as const, overlap: 'skip' as const },
  };
  const body = { kind: 'schedule' as const, name: '', enabled: true, config };
  const { trigger } = await createTrigger(services, ada, { ...of(id), body });
  const past = () =>
    services.pool.query("update trigger set next_at = now() - interval '1 hour' where id = $1", [
      trigger.id,
    ]);
  const isDue = async () =>
    (await dueSchedules(services.pool, 200)).find((row) => row.id === trigger.id);
  await past();
  const taken = await isDue();
  if (!taken) throw new Error('the schedule was not due');
  // It fires at the moment at which the workflow goes: the row that was read before is refused with the reason.
  await trash(id);
  expect(await fireSchedule(services, taken)).toBe(true);
  const { rows } = await services.pool.query(
    'select outcome, note from trigger_delivery where trigger_id = $1',
    [trigger.id],
  );
  expect(rows).toMatchObject([{ outcome: 'failed', note: expect.stringMatching(/in the trash/) }]);
  await past();
  expect(await isDue()).toBeUndefined();
  await restore(id);
  expect(await isDue()).toBeUndefined();
  const next = await services.prisma.trigger.findUniqueOrThrow({ where: { id: trigger.id } });
  expect(next.enabled && next.nextAt !== null && next.nextAt > new Date()).toBe(true);
});

it('is deleted for good by hand when no run of it goes on; its runs are kept', async () => {
  const id = await echo();
  const run = await start(id);
  await expect(purge(id)).rejects.toMatchObject({ code: 'not_found' });
  await trash(id);
  await expect(purge(id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await trashed()).toContainEqual(expect.objectContaining({ id }));
  await endRuns(id);
  const both = await Promise.allSettled([purge(id), purge(id, ben)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await rowsOf(id)).toBe(0);
  await expect(restore(id)).rejects.toMatchObject({ code: 'not_found' });
  const kept = await readRun(services, ada, of(run.id));
  expect(kept).toMatchObject({ id: run.id, workflowId: null, workflowName: 'Echo' });
  expect((await actions(id)).slice(-2)).toEqual(['deleted', 'purged']);
});

it('is restored or deleted for good, never half of each', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await echo();
    await trash(id);
    const [restored, purged] = await Promise.allSettled([restore(id), purge(id, ben)]);
    expect([restored.status, purged.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rowsOf(id)).toBe(restored.status === 'fulfilled' ? 1 : 0);
  }
});

it('is swept after thirty days, a few at a time, by any number of processes, once', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => echo()));
  const [young = '', busy = '', ...old] = ids;
  const run = await start(busy);
  for (const id of ids) await trash(id);
  for (const id of [busy, ...old]) await age(id, 31);
  await age(young, 29);
  await sweepTrash(services, 1);
  const left = await Promise.all(old.map(rowsOf));
  expect(left.filter((count) => count === 1)).toHaveLength(2);
  await Promise.all([sweepTrash(services), sweepTrash(services), sweepTrash(services)]);
  expect(await Promise.all(ids.map(rowsOf))).toEqual([1, 1, 0, 0, 0]);
  for (const id of old) {
    expect((await actions(id)).filter((action) => action === 'purged')).toHaveLength(1);
  }
  expect((await readRun(services, ada, of(run.id))).workflowId).toBe(busy);
  await endRuns(busy);
  await sweepTrash(services);
  expect(await rowsOf(busy)).toBe(0);
});

it('is finished by the sweeper when a process died between', async () => {
  const id = await echo();
  const run = await start(id);
  await trash(id);
  await endRuns(id);
  await services.pool.query('update workflow set purged_at = now() where id = $1', [id]);
  expect(await trashed()).not.toContainEqual(expect.objectContaining({ id }));
  await expect(restore(id)).rejects.toMatchObject({ code: 'not_found' });
  await sweepTrash(services);
  expect(await rowsOf(id)).toBe(0);
  expect((await readRun(services, ada, of(run.id))).workflowId).toBeNull();
});

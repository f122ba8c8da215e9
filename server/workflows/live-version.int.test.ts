import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from './create-workflow';
import { putWorkflow } from './edits/put-workflow';
import { getWorkflow } from './get-workflow';
import { promoteVersion } from './promote-version';
import { publishWorkflow } from './publish-workflow';
import { deleteWorkflow } from './trash/delete-workflow';
import { unpublishWorkflow } from './unpublish-workflow';

let services: Services;
let ada: Actor;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  ada = await anEditor(services);
});
afterAll(() => services.close());

const file = (expression: string) => {
  const nodes = [{ id: 'a', type: 'transform', name: 'A', config: { expression } }];
  return { text: JSON.stringify({ name: 'Live', nodes }), mediaType: 'application/json' };
};
const at = (id: string) => ({ params: { id }, query: {} });
const publish = (id: string) => publishWorkflow(services, ada, { ...at(id), body: { note: '' } });
const unpublish = (id: string, body?: { version?: number }, by = ada) =>
  unpublishWorkflow(services, by, { ...at(id), body });
const promote = (id: string, number: number, body?: { replaces?: number | null }, by = ada) =>
  promoteVersion(services, by, { params: { id, number }, query: {}, body });
const live = async (id: string) => {
  const { liveVersion, ahead } = await getWorkflow(services, ada, { ...at(id), body: undefined });
  return { liveVersion, ahead };
};
const trigger = (workflowId: string) =>
  startTriggered(services, {
    ...{ workspaceId: ada.workspaceId, workflowId, trigger: 'schedule' },
    input: () => ({}),
  });
const audited = async (id: string) =>
  (
    await services.pool.query<{ action: string; detail: unknown }>(
      "select action, detail from audit where subject_id = $1 and action like 'workflow.%' order by id",
      [id],
    )
  ).rows.map(({ action, detail }) => [action.slice('workflow.'.length), detail]);

/** A workflow with two versions, of which the second is live. */
async function twoVersions(): Promise<string> {
  const body = file('"one"');
  const { id } = await createWorkflow(services, ada, { params: {}, query: {}, body });
  await publish(id);
  await putWorkflow(services, ada, { ...at(id), body: file('"two"') });
  await publish(id);
  return id;
}

test('nothing is live after unpublishing: triggers say so and start nothing, until a version is live again', async () => {
  const id = await twoVersions();
  expect(await unpublish(id, { version: 2 })).toEqual({ liveVersion: null });
  expect(await live(id)).toEqual({ liveVersion: null, ahead: true });
  await expect(trigger(id)).rejects.toMatchObject({
    code: 'conflict',
    message: 'This workflow is not published. Publish it first.',
  });
  const runs = await services.pool.query('select from run where workflow_id = $1', [id]);
  expect(runs.rowCount).toBe(0);
  expect(await publish(id)).toEqual({ version: 3 });
  expect(await trigger(id)).toMatchObject({ created: true });
});

test('a former version is live again as it is, and the draft stays', async () => {
  const id = await twoVersions();
  expect(await promote(id, 1, { replaces: 2 })).toEqual({ liveVersion: 1 });
  expect(await live(id)).toEqual({ liveVersion: 1, ahead: true });
  const { id: runId } = await trigger(id);
  const run = await services.pool.query<{ version: number; definition: object }>(
    'select version_number as version, definition from run where id = $1',
    [runId],
  );
  expect(run.rows[0]?.version).toBe(1);
  expect(JSON.stringify(run.rows[0]?.definition)).toContain('\\"one\\"');
  // Publishing afterwards goes on counting.
  expect(await publish(id)).toEqual({ version: 3 });
});

test('each change is told once, in the commit that makes it', async () => {
  const id = await twoVersions();
  await unpublish(id);
  await unpublish(id);
  await promote(id, 1);
  await promote(id, 1);
  expect((await audited(id)).slice(-2)).toEqual([
    ['unpublished', { version: 2 }],
    ['promoted', { version: 1, replaced: null }],
  ]);
});

test('what somebody else changed meanwhile is not overwritten', async () => {
  const id = await twoVersions();
  await promote(id, 1);
  await expect(unpublish(id, { version: 2 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(promote(id, 2, { replaces: null })).rejects.toMatchObject({ code: 'conflict' });
  expect((await live(id)).liveVersion).toBe(1);
  const outcomes = await Promise.allSettled([
    unpublish(id, { version: 1 }),
    promote(id, 2, { replaces: 1 }),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('versions that are not there, other workspaces and deleted workflows are not found', async () => {
  const id = await twoVersions();
  const stranger = await anEditor(services);
  await expect(promote(id, 9)).rejects.toMatchObject({ code: 'not_found' });
  await expect(promote(id, 1, undefined, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await expect(unpublish(id, undefined, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await deleteWorkflow(services, ada, { ...at(id), body: undefined });
  await expect(promote(id, 1)).rejects.toMatchObject({ code: 'not_found' });
  await expect(unpublish(id)).rejects.toMatchObject({ code: 'not_found' });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { updateTrigger } from './change-trigger';
import { createTrigger } from './create-trigger';
import { listTriggers } from './list-triggers';
import { anEcho, anEditor } from './testing/fixture';

let services: Services;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  actor = await anEditor(services);
});
afterAll(() => services.close());

const usual = {
  cron: '0 9 * * 1-5',
  timeZone: 'Europe/Berlin',
  missed: 'once',
  overlap: 'skip',
} as const;

async function schedule(workflowId: string, more: object = {}) {
  const { trigger } = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body: { kind: 'schedule', name: '', enabled: true, config: { ...usual, input: {}, ...more } },
  });
  return trigger;
}

/** Lets the published version begin with a start step that needs an input. */
async function needInput(workflowId: string): Promise<void> {
  const start = {
    id: 'start',
    key: 'start',
    type: 'start',
    name: 'Start',
    position: { x: 0, y: 0 },
    config: { inputs: [{ id: '1', name: 'customer', type: 'text', required: true, default: '' }] },
  };
  await services.pool.query(
    `update workflow_version set definition = jsonb_set(
       jsonb_set(definition, '{nodes}', $2::jsonb || (definition -> 'nodes')),
       '{edges}', '[{"id":"e","source":"start","sourcePort":"out","target":"echo","targetPort":"in"}]')
     where workflow_id = $1`,
    [workflowId, JSON.stringify([start])],
  );
}

it('says when it is saved that nothing is published', async () => {
  const workflowId = await anEcho(services, actor, null);
  const saved = await schedule(workflowId);
  expect(saved).toMatchObject({
    enabled: true,
    problems: [expect.stringContaining('The workflow is not published')],
  });
  await services.pool.query('update workflow set live_version = 1 where id = $1', [workflowId]);
  const { items } = await listTriggers(services, actor, {
    params: { id: workflowId },
    query: {},
    body: undefined,
  });
  expect(items.map(({ problems }) => problems)).toEqual([[]]);
});

it('says that an input is missing, until it is given', async () => {
  const workflowId = await anEcho(services, actor);
  await needInput(workflowId);
  const saved = await schedule(workflowId);
  expect(saved.problems).toEqual([expect.stringContaining('The input "customer" is missing.')]);
  const config = { ...usual, input: { customer: 'Acme' } };
  const changed = await updateTrigger(services, actor, {
    params: { id: saved.id },
    query: {},
    body: { config },
  });
  expect(changed.problems).toEqual([]);
});

it.each([
  ['0 0 30 2 *', 'This date never occurs'],
  ['0 0 31 4,6 *', 'This date never occurs'],
  ['61 * * * *', 'One field is out of range'],
])('refuses %s', async (cron, message) => {
  const workflowId = await anEcho(services, actor);
  await expect(schedule(workflowId, { cron })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining(message),
  });
});

it('lets one of before that never comes be turned off', async () => {
  const workflowId = await anEcho(services, actor);
  const saved = await schedule(workflowId);
  await services.pool.query(
    `update trigger set config = config || '{"cron":"0 0 30 2 *"}' where id = $1`,
    [saved.id],
  );
  const off = await updateTrigger(services, actor, {
    params: { id: saved.id },
    query: {},
    body: { enabled: false },
  });
  expect(off).toMatchObject({ enabled: false, nextAt: null });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { addNode } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createWorkflow } from './create-workflow';
import { duplicateWorkflow } from './duplicate-workflow';
import { getWorkflow } from './get-workflow';
import { publishWorkflow } from './publish-workflow';
import { deleteWorkflow } from './trash/delete-workflow';

const none = { params: {}, query: {}, body: undefined };
let services: Services;
let ada: Actor;
let stranger: Actor;

async function actor(): Promise<Actor> {
  const id = randomUUID();
  await services.prisma.organization.create({ data: { id, name: id, slug: id } });
  return { userId: randomUUID(), name: 'Ada', email: 'a@b.c', workspaceId: id, role: 'editor' };
}
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [ada, stranger] = [await actor(), await actor()];
});
afterAll(() => services.close());

const create = async (name: string) => {
  const text = JSON.stringify({
    name,
    nodes: [
      {
        id: 'a',
        type: 'http',
        name: 'Ask',
        config: { url: 'https://example.com', connection: 'crm' },
      },
    ],
  });
  const body = { text, mediaType: 'application/json' };
  return (await createWorkflow(services, ada, { ...none, body })).id;
};
const duplicate = (id: string, by = ada) =>
  duplicateWorkflow(services, by, { ...none, params: { id } });
const get = (id: string) => getWorkflow(services, ada, { ...none, params: { id } });

it('copies the draft as it stands, and neither version, trigger nor run', async () => {
  const id = await create('Orders');
  await services.prisma.trigger.create({
    data: { workspaceId: ada.workspaceId, workflowId: id, kind: 'chat', config: {} },
  });
  await services.pool.query('update workflow set live_version = 1 where id = $1', [id]);
  await services.drafts.edit(id, { userId: ada.userId, source: 'api' }, (draft) => {
    addNode(draft, { id: 'b', type: 'transform', name: 'B', position: { x: 10, y: 20 } });
  });
  const before = await get(id);
  const made = await duplicate(id);
  expect(made.name).toBe('Copy of Orders');
  expect(made.problems.map(({ code }) => code)).toContain('unknown_connection');
  const copy = await get(made.id);
  expect(copy).toMatchObject({ name: 'Copy of Orders', liveVersion: null, lastVersion: null });
  expect(copy.definition).toEqual({ ...before.definition, name: 'Copy of Orders' });
  expect(copy.nodeCount).toBe(2);
  const triggers = await services.prisma.trigger.findMany({ where: { workflowId: made.id } });
  expect(triggers).toEqual([]);
  expect((await get(id)).definition).toEqual(before.definition);
  const { rows } = await services.pool.query(
    'select action, detail from audit where subject_id = $1',
    [made.id],
  );
  expect(rows).toEqual([
    { action: 'workflow.created', detail: { name: 'Copy of Orders', nodes: 2, of: id } },
  ]);
});

it('copies nothing of another workspace, and nothing that was deleted', async () => {
  const id = await create('Mine');
  await expect(duplicate(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await deleteWorkflow(services, ada, { ...none, params: { id } });
  await expect(duplicate(id)).rejects.toMatchObject({ code: 'not_found' });
});

it('makes a workflow each time it is asked, also at once', async () => {
  const id = await create('Twice');
  const made = await Promise.all([duplicate(id), duplicate(id)]);
  expect(new Set([id, ...made.map((each) => each.id)]).size).toBe(3);
  const published = publishWorkflow(services, ada, { ...none, params: { id }, body: { note: '' } });
  await expect(published).rejects.toMatchObject({ code: 'has_problems' });
});

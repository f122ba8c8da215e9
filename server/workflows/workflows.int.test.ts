import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { runViewSchema } from '@/lib/runs/contract';
import { workflowSummarySchema, workflowViewSchema } from '@/lib/workflows/contract';
import { writeDraft } from '@/lib/workflows/draft/draft';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { readRun } from '@/server/runs/reading/read-run';
import { startRun } from '@/server/runs/starting/start-run';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createWorkflow } from './create-workflow';
import { putWorkflow } from './edits/put-workflow';
import { exportWorkflow } from './export-workflow';
import { getWorkflow } from './get-workflow';
import { listVersions } from './list-versions';
import { listWorkflows } from './list-workflows';
import { publishWorkflow } from './publish-workflow';
import { seedWorkspace } from './sample';
import { deleteWorkflow } from './trash/delete-workflow';

const example = readFileSync(
  new URL('../../lib/workflows/testing/data-analysis-pipeline.json', import.meta.url),
  'utf8',
);
const none = { params: {}, query: {}, body: undefined };
const json = (value: unknown) => ({ text: JSON.stringify(value), mediaType: 'application/json' });
const small = (name: string, expression = '1') => ({
  name,
  nodes: [{ id: 'a', type: 'transform', name: 'A', config: { expression } }],
});
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

const create = async (body: unknown, by = ada) =>
  (await createWorkflow(services, by, { ...none, body })).id;
const get = (id: string, by = ada) => getWorkflow(services, by, { ...none, params: { id } });
const publish = (
  id: string,
  body: { note: string; stateVector?: string } = { note: '' },
  by = ada,
) => publishWorkflow(services, by, { ...none, params: { id }, body });
const list = (query: { limit?: number; cursor?: string; q?: string } = {}, by = ada) =>
  listWorkflows(services, by, { ...none, query: { limit: 50, sort: 'updated', ...query } });
const audited = async (id: string) =>
  (
    await services.pool.query('select action from audit where subject_id = $1 order by id', [id])
  ).rows.map((row) => row.action);

describe('workflows', () => {
  it('are created from a task list, read, replaced, published, exported and deleted', async () => {
    const id = await create({ text: example, mediaType: 'application/json' });
    const view = workflowViewSchema.parse(await get(id));
    expect(view).toMatchObject({ nodeCount: 6, liveVersion: null, ahead: true, lastRuns: [] });
    expect(view.problems.map((problem) => problem.code)).toEqual(Array(6).fill('unknown_agent'));
    expect(await publish(id, { note: 'First' })).toEqual({ version: 1 });
    expect(await publish(id)).toEqual({ version: 1 });
    expect((await get(id)).ahead).toBe(false);

    const yaml = await exportWorkflow(services, ada, {
      ...none,
      params: { id },
      query: { format: 'yaml' },
    });
    expect(yaml.headers.get('content-disposition')).toContain('comprehensive-data-analysis.yaml');
    const text = await yaml.text();
    const again = await putWorkflow(services, ada, {
      ...none,
      params: { id },
      body: { text, mediaType: 'application/yaml' },
    });
    expect(again.ahead).toBe(false);

    const changed = await putWorkflow(services, ada, {
      ...none,
      params: { id },
      body: json(small('Renamed')),
    });
    expect(changed).toMatchObject({ name: 'Renamed', nodeCount: 1, liveVersion: 1, ahead: true });
    expect(await publish(id)).toEqual({ version: 2 });
    const versions = await listVersions(services, ada, {
      ...none,
      params: { id },
      query: { limit: 1 },
    });
    expect(versions).toMatchObject({ items: [{ number: 2, nodeCount: 1 }], nextCursor: '2' });
    const older = await listVersions(services, ada, {
      ...none,
      params: { id },
      query: { limit: 1, cursor: '2' },
    });
    expect(older).toMatchObject({
      items: [{ number: 1, note: 'First', nodeCount: 6, publishedBy: ada.userId }],
    });
    expect(older.nextCursor).toBeUndefined();

    await deleteWorkflow(services, ada, { ...none, params: { id } });
    await expect(get(id)).rejects.toThrow('is in the trash. Restore it first.');
    await expect(services.drafts.read(id)).rejects.toThrow(AppError);
    expect(await audited(id)).toEqual([
      'workflow.created',
      'workflow.published',
      'workflow.exported',
      'workflow.replaced',
      'workflow.replaced',
      'workflow.published',
      'workflow.deleted',
    ]);
  });

  it('are listed last changed first, in pages, found by name and by nobody else', async () => {
    const owner = await actor();
    const ids = [];
    for (const name of ['One 100%', 'Two', 'Three_x'])
      ids.unshift(await create(json(small(name)), owner));
    const first = await list({ limit: 2 }, owner);
    const second = await list({ limit: 2, cursor: first.nextCursor }, owner);
    expect(
      [...first.items, ...second.items].map((item) => workflowSummarySchema.parse(item).id),
    ).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    expect((await list({ q: '0%' }, owner)).items.map((item) => item.name)).toEqual(['One 100%']);
    expect((await list({ q: '_' }, owner)).items.map((item) => item.name)).toEqual(['Three_x']);
    expect((await list({}, stranger)).items).toEqual([]);
    const last = ids[2] ?? '';
    await putWorkflow(services, owner, {
      ...none,
      params: { id: last },
      body: json({ ...small('One'), nodes: [] }),
    });
    expect((await list({}, owner)).items[0]).toMatchObject({ id: last, name: 'One', nodeCount: 0 });
  });

  it('belong to their workspace: others get the same answer as for none', async () => {
    const id = await create(json(small('Mine')));
    const params = { id };
    for (const attempt of [
      () => get(id, stranger),
      () => publish(id, undefined, stranger),
      () => putWorkflow(services, stranger, { ...none, params, body: json(small('Taken')) }),
      () => deleteWorkflow(services, stranger, { ...none, params }),
      () => exportWorkflow(services, stranger, { ...none, params, query: { format: 'json' } }),
      () => listVersions(services, stranger, { ...none, params, query: { limit: 5 } }),
      () => get(randomUUID()),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await get(id)).name).toBe('Mine');
    expect(await audited(id)).toEqual(['workflow.created']);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'invalid_input'],
    ['no JSON', { text: '{', mediaType: 'application/json' }, 'invalid_input'],
    ['no YAML', { text: 'a: [', mediaType: 'application/yaml' }, 'invalid_input'],
    ['unknown fields', json({ ...small('x'), colour: 1 }), 'invalid_input'],
    ['a cycle', json({ ...small('x'), edges: [{ source: 'a', target: 'a' }] }), 'has_problems'],
    [
      'a dangling edge',
      json({ ...small('x'), edges: [{ source: 'a', target: 'b' }] }),
      'has_problems',
    ],
    [
      'an unknown node type',
      json({ name: 'x', nodes: [{ id: 'a', type: 'nope', name: 'A' }] }),
      'has_problems',
    ],
  ])('refuse %s and change nothing', async (_, body, code) => {
    const id = await create(json(small('Kept')));
    const count = (await list()).items.length;
    await expect(create(body)).rejects.toMatchObject({ code });
    await expect(
      putWorkflow(services, ada, { ...none, params: { id }, body }),
    ).rejects.toMatchObject({ code });
    expect((await list()).items).toHaveLength(count);
    expect((await get(id)).name).toBe('Kept');
  });

  it('are not published with problems', async () => {
    const id = await create(json(small('Wrong', 'steps.gone.output +')));
    await expect(publish(id)).rejects.toMatchObject({
      code: 'has_problems',
      details: { problems: [{ nodeId: 'a' }, {}] },
    });
    expect((await get(id)).liveVersion).toBeNull();
  });

  it('get one number per version, however many publish at once', async () => {
    const id = await create(json(small('Together')));
    const same = await Promise.all(Array.from({ length: 8 }, () => publish(id)));
    expect(same.map((each) => each.version)).toEqual(Array(8).fill(1));
    const { rows } = await services.pool.query(
      'select number from workflow_version where workflow_id = $1',
      [id],
    );
    expect(rows).toEqual([{ number: 1 }]);
  });

  it('are published as the person saw them, or not at all', async () => {
    const id = await create(json(small('Seen')));
    const rows = await services.drafts.load(id);
    const doc = new Y.Doc();
    for (const row of rows?.rows ?? []) Y.applyUpdate(doc, row.data);
    const unsent = () =>
      writeDraft(
        { doc, catalogue, origin: 'me' },
        definitionSchema.parse({
          ...small('Seen and changed'),
          nodes: [{ ...small('').nodes[0], key: 'a', position: { x: 1, y: 1 } }],
          edges: [],
        }),
      );
    const update = new Promise<Uint8Array>((resolve) => doc.once('update', resolve));
    doc.clientID = await services.drafts.issueClientId(id, ada.userId);
    unsent();
    const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64');
    const published = publish(id, { note: '', stateVector });
    await services.drafts.append({
      workflowId: id,
      data: await update,
      userId: ada.userId,
      source: 'person',
    });
    expect(await published).toEqual({ version: 1 });
    const { rows: versions } = await services.pool.query(
      'select definition from workflow_version where workflow_id = $1',
      [id],
    );
    expect(versions[0]?.definition.name).toBe('Seen and changed');
  });
});

describe('the sample', () => {
  it('is published, unchanged, and a rehearsed run of it ends in a report', async () => {
    const owner = await actor();
    await seedWorkspace(services, owner.workspaceId, owner.userId);
    const [item] = (await list({}, owner)).items;
    const view = await get(item?.id ?? '', owner);
    expect(view).toMatchObject({ liveVersion: 1, ahead: false, problems: [], nodeCount: 8 });
    const agents = await services.prisma.agent.findMany({
      where: { workspaceId: owner.workspaceId },
    });
    expect(agents.map((agent) => agent.handle).sort()).toEqual([
      'analyst',
      'assistant',
      'reviewer',
      'writer',
    ]);

    const worker = await startWorker(services);
    try {
      const body = { input: {}, mode: 'rehearsal' as const };
      const { id } = await startRun(services, owner, { ...none, params: { id: view.id }, body });
      const run = await eventually(async () => {
        const found = await readRun(services, owner, { ...none, params: { id } });
        expect(found.finishedAt).not.toBeNull();
        return runViewSchema.parse(found);
      });
      expect(run).toMatchObject({ status: 'succeeded', output: { format: 'markdown' } });
      expect((run.output as { text: string }).text).toContain('| Revenue, last quarter | ');
      expect((await list({}, owner)).items[0]?.lastRuns).toMatchObject([
        { id, status: 'succeeded' },
      ]);
    } finally {
      await worker.drain(2_000);
    }
  });
});

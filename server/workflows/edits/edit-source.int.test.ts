import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { setField } from '@/lib/workflows/edits/edits';
import type { DraftMessage } from '@/server/bus/bus';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createWorkflow } from '../create-workflow';
import { undoEdit } from './edit-undo';
import { editWorkflow } from './edit-workflow';
import { putWorkflow } from './put-workflow';

let services: Services;
let ana: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = randomUUID();
  const data = { id: workspaceId, name: workspaceId, slug: workspaceId };
  await services.prisma.organization.create({ data });
  const about = { name: 'Ana', email: 'a@b.c', role: 'editor', apiKeyId: 'key' } as const;
  ana = { userId: randomUUID(), workspaceId, ...about };
});
afterAll(() => services.close());

const none = { params: {}, query: {}, body: undefined };
const step = (id: string, expression: string) => ({
  id,
  key: id,
  type: 'transform',
  name: id.toUpperCase(),
  position: { x: 0, y: 0 },
  config: { expression },
});
const start = { schema: 1, name: 'Plan', nodes: [step('a', '1'), step('b', '2')], edges: [] };
const make = async () => (await createWorkflow(services, ana, { ...none, body: start })).id;
type Edits = Parameters<typeof editWorkflow>[2]['body']['edits'];
const edit = (id: string, edits: unknown[], by = ana) =>
  editWorkflow(services, by, { ...none, params: { id }, body: { edits: edits as Edits } });
const undo = (id: string, editId: string | undefined, partial = false, by = ana) =>
  undoEdit(services, by, { ...none, params: { id }, body: { editId: editId ?? '', partial } });
const read = (id: string) => services.drafts.read(id);

describe('edits through the API', () => {
  it('are made all or none, answer the new problems, and are told to whoever is there', async () => {
    const id = await make();
    const heard: DraftMessage[] = [];
    const stop = await services.bus.subscribe(`draft:${id}`, (message) => void heard.push(message));
    const edge = { id: 'ab', source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' };
    const made = await edit(id, [
      { edit: 'setField', nodeId: 'a', path: ['expression'], value: 'steps.nobody.output' },
      { edit: 'connect', edge },
      { edit: 'renameNode', id: 'b', name: 'Second' },
    ]);
    expect(made.problems.map((problem) => problem.nodeId)).toContain('a');
    expect(await read(id)).toMatchObject({
      edges: [edge],
      nodes: [{ id: 'a' }, { key: 'second' }],
    });
    await eventually(async () =>
      expect(heard).toMatchObject([
        { origin: 'api', userId: ana.userId },
        { kind: 'notice', text: 'Ana via API changed “A”, “Second”', nodeIds: ['a', 'b'] },
      ]),
    );
    stop();
    const before = await read(id);
    for (const [impossible, message] of [
      [{ edit: 'connect', edge: { ...edge, id: 'ba', source: 'b', target: 'a' } }, /cycle/],
      [{ edit: 'renameNode', id: 'z', name: 'Z' }, /edits\.1: there is no node "z"/],
      [{ edit: 'setField', nodeId: 'a', path: ['cases', 'x', 'when'], value: '1' }, /no row "x"/],
    ] as const) {
      const first = { edit: 'setDisabled', ids: ['a'], disabled: true };
      await expect(edit(id, [first, impossible])).rejects.toThrow(message);
      expect(await read(id)).toEqual(before);
    }
  });

  it('can be taken back as one, where nobody changed the same since', async () => {
    const id = await make();
    const before = await read(id);
    const { editId } = await edit(id, [
      { edit: 'setField', nodeId: 'a', path: ['expression'], value: '10' },
      { edit: 'addNode', node: { ...step('c', '3'), config: { expression: '3' } } },
      { edit: 'removeElements', nodes: ['b'], edges: [], notes: [] },
    ]);
    await services.drafts.edit(id, { userId: null }, (draft) =>
      setField(draft, 'c', ['expression'], 'mine'),
    );
    await expect(undo(id, editId)).rejects.toMatchObject({
      code: 'conflict',
      details: { stays: ['nodes/c'] },
    });
    const part = await undo(id, editId, true);
    expect(part.stays).toEqual(['nodes/c']);
    expect((await read(id)).nodes.map((node) => node.id).sort()).toEqual(['a', 'b', 'c']);
    await expect(undo(id, editId, true)).rejects.toMatchObject({ code: 'already_finished' });
    await edit(id, [{ edit: 'removeElements', nodes: ['c'], edges: [], notes: [] }]);
    const now = await read(id);
    expect([...now.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(before.nodes);
  });

  it('replacing the whole gives an id too, and nobody else can take it back', async () => {
    const id = await make();
    const body = { ...start, nodes: [step('a', 'other'), step('b', '2')] };
    const { editId } = await putWorkflow(services, ana, { ...none, params: { id }, body });
    const other = { ...ana, userId: randomUUID() };
    await expect(undo(id, editId, false, other)).rejects.toMatchObject({ code: 'not_found' });
    const elsewhere = { ...ana, workspaceId: randomUUID() };
    await expect(undo(id, editId, false, elsewhere)).rejects.toMatchObject({ code: 'not_found' });
    await undo(id, editId);
    expect((await read(id)).nodes[0]?.config).toMatchObject({ expression: '1' });
    const actions = await services.pool.query(
      'select action from audit where subject_id = $1 order by id',
      [id],
    );
    expect(actions.rows.map(({ action }) => action)).toEqual([
      'workflow.created',
      'workflow.replaced',
      'workflow.edit_undone',
    ]);
  });
});

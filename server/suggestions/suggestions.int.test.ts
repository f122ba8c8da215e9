import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { firstHeldClientId, suggestionViewSchema } from '@/lib/suggestions/schema';
import { type Draft, writeDraft } from '@/lib/workflows/draft/draft';
import { addNode, connect, removeElements, setField } from '@/lib/workflows/edits/edits';
import type { Definition } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { createSuggestion } from './create-suggestion';
import { decideSuggestion } from './decide-suggestion';
import { getSuggestion } from './get-suggestion';
import { listSuggestions } from './list-suggestions';
import { updateSuggestion } from './update-suggestion';

let services: Services;
let ana: Actor;
let ben: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = await workspace();
  ana = await person('Ana', 'editor', workspaceId);
  ben = await person('Ben', 'commenter', workspaceId);
  stranger = await person('Eve', 'owner', await workspace());
});
afterAll(() => services.close());

async function workspace(): Promise<string> {
  const id = randomUUID();
  await services.prisma.organization.create({ data: { id, name: id, slug: id } });
  return id;
}

async function person(name: string, role: Actor['role'], workspaceId: string): Promise<Actor> {
  const email = `${name}-${randomUUID()}@example.test`;
  const { id } = await services.prisma.user.create({ data: { id: randomUUID(), name, email } });
  const member = { id: randomUUID(), userId: id, organizationId: workspaceId, role };
  await services.prisma.member.create({ data: { ...member, createdAt: new Date() } });
  return { userId: id, name, email, workspaceId, role };
}

const none = { params: {}, query: {}, body: undefined };
const step = (id: string, expression: string) => ({
  id,
  key: id,
  type: 'transform',
  name: id.toUpperCase(),
  position: { x: 0, y: 0 },
  config: { expression },
});
const start: Definition = {
  schema: 1,
  name: 'Plan',
  description: '',
  nodes: [step('a', 'one'), step('b', 'two'), step('c', 'three')],
  edges: [
    { id: 'ab', source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' },
    { id: 'bc', source: 'b', sourcePort: 'out', target: 'c', targetPort: 'in' },
  ],
};
const make = async () =>
  (await createWorkflow(services, ana, { ...none, body: start as unknown })).id;
const read = (id: string) => services.drafts.read(id);
const field = async (id: string, node: string) =>
  (await read(id)).nodes.find((each) => each.id === node)?.config.expression;

/** What a browser does: edits a fork of the draft, and holds the edits back. */
async function heldFrom(id: string, change: (draft: Draft) => void, clientId?: number) {
  const doc = await services.drafts.copy(id);
  doc.clientID = clientId ?? firstHeldClientId + Math.floor(Math.random() * 2 ** 40);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  change({ doc, catalogue, origin: 'test' });
  return Buffer.from(Y.mergeUpdates(updates)).toString('base64');
}

type Body = Parameters<typeof createSuggestion>[2]['body'];
const suggest = (id: string, body: Partial<Body>, by = ben) =>
  createSuggestion(services, by, {
    ...none,
    params: { id },
    body: { title: '', note: '', status: 'open', ...body },
  });
const at = (id: string, suggestionId: string) => ({ ...none, params: { id, suggestionId } });
const decide = (
  id: string,
  suggestionId: string,
  body: Partial<Parameters<typeof decideSuggestion>[2]['body']>,
  by = ana,
) =>
  decideSuggestion(services, by, {
    ...at(id, suggestionId),
    body: { accept: [], refuse: [], take: [], apply: true, ...body },
  });
const all = (id: string, by = ana) =>
  listSuggestions(services, by, { ...none, params: { id }, query: { limit: 50 } });
const edit = (id: string, node: string, value: string) =>
  services.drafts.edit(id, { userId: ana.userId }, (draft) =>
    setField(draft, node, ['expression'], value),
  );

describe('suggestions', () => {
  it('leave the draft alone until their parts are accepted, each for good', async () => {
    const id = await make();
    const update = await heldFrom(id, (draft) => {
      setField(draft, 'a', ['expression'], 'one and more');
      addNode(draft, { ...step('d', 'four'), name: 'D' });
      connect(draft, { id: 'cd', source: 'c', sourcePort: 'out', target: 'd', targetPort: 'in' });
      removeElements(draft, { nodes: ['b'] });
    });
    const made = suggestionViewSchema.parse(await suggest(id, { title: 'Better', update }));
    expect(made.changes.map(({ key, change }) => `${change} ${key}`).sort()).toEqual([
      'added edges/cd',
      'added nodes/d',
      'changed nodes/a',
      'removed edges/ab',
      'removed edges/bc',
      'removed nodes/b',
    ]);
    expect(await field(id, 'a')).toBe('one');

    const first = await decide(id, made.id, { accept: ['nodes/a', 'nodes/d'] });
    expect(first).toMatchObject({ status: 'open', kept: [], openCount: 3 });
    expect(first.decided['edges/cd']).toMatchObject({ as: 'accepted', by: { name: 'Ana' } });
    const now = await read(id);
    expect(now.nodes.map((node) => node.id)).toEqual(['a', 'b', 'c', 'd']);
    expect(now.edges.map((edge) => edge.id)).toEqual(['ab', 'bc', 'cd']);
    expect(await field(id, 'a')).toBe('one and more');

    await expect(decide(id, made.id, { refuse: ['nodes/a'] })).rejects.toMatchObject({
      code: 'conflict',
    });
    const last = await decide(id, made.id, { refuse: ['nodes/b'] });
    expect(last).toMatchObject({ status: 'decided', openCount: 0 });
    expect((await read(id)).nodes).toHaveLength(4);
    await expect(decide(id, made.id, { accept: ['nodes/b'] })).rejects.toMatchObject({
      code: 'already_finished',
    });
    const inbox = await services.prisma.notification.findMany({ where: { userId: ben.userId } });
    expect(inbox).toMatchObject([{ kind: 'suggestion', actorId: ana.userId }]);
    const audit = await services.pool.query(
      `select action from audit where subject_id = $1 and action like 'workflow.sugg%' order by id`,
      [id],
    );
    expect(audit.rows.map(({ action }) => action)).toEqual([
      'workflow.suggested',
      'workflow.suggestion_decided',
      'workflow.suggestion_decided',
    ]);
  });

  it('merge inside texts with what others typed since, and never overwrite a value silently', async () => {
    const id = await make();
    const update = await heldFrom(id, (draft) => {
      setField(draft, 'a', ['expression'], 'one, suggested');
      writeDraft(draft, {
        ...start,
        nodes: start.nodes.map((node) => ({
          ...node,
          ...(node.id === 'b' ? { disabled: true, color: 'red' as const } : {}),
          config: node.id === 'a' ? { expression: 'one, suggested' } : node.config,
        })),
      });
    });
    const made = await suggest(id, { update });
    await edit(id, 'a', 'Before one');
    await services.drafts.edit(id, { userId: ana.userId }, (draft) =>
      writeDraft(draft, {
        ...start,
        nodes: start.nodes.map((node) =>
          node.id === 'b'
            ? { ...node, color: 'green' as const }
            : node.id === 'a'
              ? { ...node, config: { expression: 'Before one' } }
              : node,
        ),
      }),
    );
    const done = await decide(id, made.id, { accept: ['nodes/a', 'nodes/b'] });
    expect(done.kept).toEqual(['nodes/b']);
    expect(await field(id, 'a')).toBe('Before one, suggested');
    const b = (await read(id)).nodes.find((node) => node.id === 'b');
    expect(b).toMatchObject({ disabled: true, color: 'green' });
  });

  it('take the suggested value where the decider says so, and report what is gone', async () => {
    const id = await make();
    const recolour = (color: 'red' | 'green') => (draft: Draft) =>
      writeDraft(draft, { ...start, nodes: start.nodes.map((node) => ({ ...node, color })) });
    const made = await suggest(id, { update: await heldFrom(id, recolour('red')) });
    await services.drafts.edit(id, { userId: ana.userId }, recolour('green'));
    await services.drafts.edit(id, { userId: ana.userId }, (draft) =>
      removeElements(draft, { nodes: ['c'] }),
    );
    const done = await decide(id, made.id, {
      accept: ['nodes/a', 'nodes/b', 'nodes/c'],
      take: ['nodes/a#color'],
    });
    expect(done.kept).toEqual(['nodes/b', 'nodes/c']);
    expect((await read(id)).nodes.map((node) => node.color)).toEqual(['red', 'green']);
  });

  it('keep what their author saw while they go on, and can be withdrawn by them alone', async () => {
    const id = await make();
    const first = await suggest(id, {
      status: 'draft',
      update: await heldFrom(id, (draft) => setField(draft, 'a', ['expression'], 'x')),
    });
    expect((await all(id)).items).toEqual([]);
    expect((await all(id, ben)).items).toMatchObject([{ id: first.id, status: 'draft' }]);
    await expect(getSuggestion(services, ana, at(id, first.id))).rejects.toMatchObject({
      code: 'not_found',
    });
    const later = await updateSuggestion(services, ben, {
      ...at(id, first.id),
      body: { status: 'open', title: 'X' },
    });
    expect(later).toMatchObject({ status: 'open', title: 'X' });
    const byAna = updateSuggestion(services, ana, { ...at(id, first.id), body: { title: 'Y' } });
    await expect(byAna).rejects.toMatchObject({ code: 'forbidden' });
    const withdrawn = await updateSuggestion(services, ben, {
      ...at(id, first.id),
      body: { status: 'withdrawn' },
    });
    expect(withdrawn.status).toBe('withdrawn');
    await expect(decide(id, first.id, { accept: ['nodes/a'] })).rejects.toMatchObject({
      code: 'already_finished',
    });
  });

  it('are decided once by whoever is first', async () => {
    const id = await make();
    const update = await heldFrom(id, (draft) => setField(draft, 'a', ['expression'], 'first'));
    const made = await suggest(id, { update });
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        decide(id, made.id, i % 2 === 0 ? { accept: ['nodes/a'] } : { refuse: ['nodes/a'] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { decided } = await getSuggestion(services, ana, at(id, made.id));
    const expected = decided['nodes/a']?.as === 'accepted' ? 'first' : 'one';
    expect(await field(id, 'a')).toBe(expected);
  });

  it('are made by programs from a definition or from named edits', async () => {
    const id = await make();
    const changed = { ...start, nodes: start.nodes.map((node) => ({ ...node, color: 'blue' })) };
    const agent = { ...ben, apiKeyId: 'key' };
    const one = await suggest(id, { definition: changed }, agent);
    expect(one).toMatchObject({ origin: 'api', changeCount: 3 });
    const two = await suggest(id, { edits: [{ edit: 'renameNode', id: 'b', name: 'Second' }] });
    expect(two.changes[0]?.fields.map(({ path }) => path)).toEqual(['name', 'key']);
    await decide(id, two.id, { accept: ['nodes/b'] });
    expect((await read(id)).nodes[1]).toMatchObject({ name: 'Second', key: 'second' });
    await expect(suggest(id, { definition: start, edits: [] as never })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('are nobody else’s: another workspace finds nothing', async () => {
    const id = await make();
    const update = await heldFrom(id, (draft) => setField(draft, 'a', ['expression'], 'y'));
    const made = await suggest(id, { update });
    for (const ask of [
      () => suggest(id, { update }, stranger),
      () => all(id, stranger),
      () => getSuggestion(services, stranger, at(id, made.id)),
      () => updateSuggestion(services, stranger, { ...at(id, made.id), body: {} }),
      () => decide(id, made.id, { accept: ['nodes/a'] }, stranger),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('refuse hostile bytes', async () => {
    const id = await make();
    const doc = await services.drafts.copy(id);
    const own = await heldFrom(id, (draft) => setField(draft, 'a', ['expression'], 'z'), 77);
    const whole = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
    const v2 = Buffer.from(Y.encodeStateAsUpdateV2(doc)).toString('base64');
    const later = await heldFrom(id, (draft) => {
      setField(draft, 'a', ['expression'], 'z');
    });
    const cut = Buffer.from(later, 'base64').subarray(0, -3).toString('base64');
    const elsewhere = new Y.Doc();
    elsewhere.clientID = firstHeldClientId + 5;
    elsewhere.getMap('secrets').set('a', 1);
    const root = Buffer.from(Y.encodeStateAsUpdate(elsewhere)).toString('base64');
    for (const update of [
      own,
      whole,
      v2,
      cut,
      root,
      '',
      'AAAA',
      Buffer.alloc(300_000).toString('base64'),
    ]) {
      const refused = await suggest(id, { update }).then(
        () => 'taken',
        (error: { code: string }) => error.code,
      );
      expect(['invalid_input', 'too_large', 'conflict']).toContain(refused);
    }
    expect((await all(id, ben)).items).toEqual([]);
  });
});

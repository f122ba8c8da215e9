import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeTool } from '@/lib/canvas-turns/agent-edit';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import type { Definition } from '@/lib/workflows/schema';
import { createAgent } from '@/server/agents/create-agent';
import { cancelTurn } from '@/server/chat/cancel-turn';
import { createThread } from '@/server/chat/create-thread';
import { getThread } from '@/server/chat/get-thread';
import { postMessage } from '@/server/chat/post-message';
import { aMember } from '@/server/chat/testing/room';
import { createServices } from '@/server/compose';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { decideSuggestion } from '@/server/suggestions/decide-suggestion';
import { getSuggestion } from '@/server/suggestions/get-suggestion';
import { listSuggestions } from '@/server/suggestions/list-suggestions';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { type Said, scripted } from '@/server/tools/testing/scripted';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { undoEdit } from '@/server/workflows/edits/edit-undo';
import { editWorkflow } from '@/server/workflows/edits/edit-workflow';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { type Seen, watchAgents } from './testing/watch-agents';

const none = { params: {}, query: {}, body: undefined };
const turns: Said[] = [];
const seen = { sent: [], asked: new Map<number, number>(), requests: [] };
let before: (moment: string) => Promise<void> = async () => undefined;
let services: Services;
let real: Awaited<ReturnType<typeof startWorker>> | undefined;
let told: Awaited<ReturnType<typeof startWorker>> | undefined;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  actor = await aMember(services, 'canvas-turns');
});
afterAll(async () => {
  await Promise.all([real?.drain(), told?.drain()]);
  await services.close();
});

/** The worker that answers by the product's own scripted model, or by what a test says. */
async function answerBy(how: 'product' | 'test'): Promise<void> {
  await Promise.all([real?.drain(), told?.drain()]);
  [real, told] = [undefined, undefined];
  if (how === 'product') real = await startWorker(services);
  else {
    const gate = (moment: string) => before(moment);
    told = await startWorker(scripted(services, { turns }, { ...seen, gate }));
  }
}

const steps: Definition = {
  schema: 1,
  name: 'Answer mail',
  description: '',
  nodes: [
    {
      ...{ id: 'start', key: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
      config: { inputs: [{ id: 'i', name: 'message', type: 'text', required: true }] },
    },
    {
      ...{ id: 'n-draft', key: 'draft', type: 'model', name: 'Draft', position: { x: 272, y: 0 } },
      config: { model: 'auto', prompt: 'Answer: {{ steps.start.output.message }}' },
    },
    {
      ...{ id: 'n-out', key: 'result', type: 'output', name: 'Result', position: { x: 544, y: 0 } },
      config: { format: 'markdown', template: '{{ steps.draft.output.text }}' },
    },
  ],
  edges: [
    { id: 'a', source: 'start', sourcePort: 'out', target: 'n-draft', targetPort: 'in' },
    { id: 'b', source: 'n-draft', sourcePort: 'out', target: 'n-out', targetPort: 'in' },
  ],
};

async function aWorkflow(): Promise<string> {
  return (await createWorkflow(services, actor, { ...none, body: steps })).id;
}

let agents = 0;
async function anAgent(name: string) {
  agents += 1;
  return createAgent(services, actor, {
    ...none,
    body: {
      ...{
        handle: `${name.toLowerCase()}-${agents}`,
        name,
        description: '',
        instructions: 'Help.',
      },
      ...{ model: 'auto', skills: [], tools: [], limits: usualLimits },
    },
  });
}

async function askFor(workflowId: string, text: string, by = actor) {
  const agent = await anAgent('Writer');
  const thread = await createThread(services, by, { ...none, body: { agentId: agent.id } });
  const body = { text, change: { workflowId, selected: [] } };
  const params = { id: thread.id };
  const turn = await postMessage(services, by, { params, query: {}, body });
  return { thread: thread.id, runId: turn.answer.run?.id ?? '' };
}

const over = (thread: string) =>
  eventually(async () => {
    const found = await getThread(services, actor, { ...none, params: { id: thread } });
    const run = found.messages.at(-1)?.run;
    expect(['succeeded', 'failed', 'cancelled']).toContain(run?.status);
    return found.messages.at(-1);
  });
const suggestionsOf = async (id: string) =>
  (await listSuggestions(services, actor, { ...none, params: { id }, query: { limit: 50 } })).items;
const only = async (id: string) => {
  const [first, ...more] = await suggestionsOf(id);
  expect(more).toEqual([]);
  return getSuggestion(services, actor, {
    ...none,
    params: { id, suggestionId: first?.id ?? '' },
  });
};
const draftOf = (id: string) => services.drafts.read(id);
const viewOf = (id: string) => getWorkflow(services, actor, { ...none, params: { id } });
async function acceptAll(id: string) {
  const { id: suggestionId, changes } = await only(id);
  const body = {
    accept: changes.map(({ key }) => key),
    refuse: [],
    take: [],
    apply: true as const,
  };
  return decideSuggestion(services, actor, { params: { id, suggestionId }, query: {}, body });
}
const activities = (all: readonly Seen[]) => [...new Set(all.map(({ activity }) => activity))];

it('makes a suggestion without any model, seen by all, and taken back as one', async () => {
  await answerBy('product');
  const id = await aWorkflow();
  const watch = await watchAgents(services.bus, id);
  const { thread, runId } = await askFor(id, 'Translate the result into German');
  const answer = await over(thread);
  expect(answer?.run).toMatchObject({ status: 'succeeded' });
  expect((await draftOf(id)).nodes).toHaveLength(3);
  const made = await only(id);
  expect(made).toMatchObject({
    ...{ status: 'open', origin: 'agent', author: { name: 'Ada' } },
    agent: { name: 'Writer', runId },
    title: 'Translate the result into German',
  });
  const changed = made.changes.filter(({ part }) => part === 'nodes');
  expect(changed.map(({ change, name }) => `${change} ${name}`).sort()).toEqual([
    'added Translate the result into German',
    'changed Result',
  ]);
  expect(activities(watch.seen)).toEqual(['thinking', 'placing', 'gone']);
  expect(watch.seen[0]).toMatchObject({ name: 'Writer', by: 'Ada' });
  const { nodes } = await draftOf(id);
  const { editId } = await acceptAll(id);
  const after = await viewOf(id);
  expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(after.definition.nodes).toHaveLength(4);
  const result = after.definition.nodes.find(({ key }) => key === 'result');
  expect(result?.config.template).toBe('{{ steps.translate.output.text }}');
  // Nothing that was there was moved.
  for (const { id: node, position } of nodes) {
    expect(after.definition.nodes.find((each) => each.id === node)?.position).toEqual(position);
  }
  await undoEdit(services, actor, {
    ...{ params: { id }, query: {} },
    body: { editId: editId ?? '', partial: false },
  });
  expect((await draftOf(id)).nodes).toEqual(nodes);
  watch.stop();
});

const edit = (edits: object[]) => [{ name: changeTool, args: { edits } }];
const review = {
  ...{ edit: 'add', step: 'review', type: 'agent', name: 'Review' },
  ...{ config: { agent: '', prompt: 'Review: {{ steps.draft.output.text }}' } },
  ...{ after: ['draft'], before: ['result'] },
};

it('tells the agent of problems, and of steps that a person is working on', async () => {
  await answerBy('test');
  const id = await aWorkflow();
  const ana = await anotherMember('Ana');
  await editWorkflow(services, ana, {
    ...{ params: { id }, query: {} },
    body: {
      edits: [{ edit: 'setField', nodeId: 'n-draft', path: ['prompt'], value: 'Be brief.' }],
    },
  });
  const bad = { ...review, config: { agent: '', prompt: '{{ steps.nobody.output.text }}' } };
  turns.splice(
    0,
    turns.length,
    edit([bad, { edit: 'set', step: 'draft', field: 'prompt', value: 'Mine.' }]),
    edit([{ edit: 'set', step: 'review', field: 'prompt', value: review.config.prompt }]),
    'Reviewed.',
  );
  const { thread, runId } = await askFor(id, 'Let somebody review it');
  expect((await over(thread))?.run?.status).toBe('succeeded');
  const { rows } = await services.pool.query<{ result: string }>(
    'select result from tool_call where run_id = $1 order by turn, position',
    [runId],
  );
  expect(rows[0]?.result).toContain('Ana is working on this step just now');
  expect(rows[0]?.result).toContain('nobody');
  expect(JSON.parse(rows[1]?.result ?? '{}')).toMatchObject({ problems: [], refused: [] });
  const made = await only(id);
  expect(made).toMatchObject({ status: 'open', note: 'Reviewed.' });
  expect(made.changes.map(({ key }) => key)).not.toContain('nodes/n-draft');
});

it('takes no change of a person who may suggest no longer, and leaves nothing half made', async () => {
  await answerBy('test');
  const id = await aWorkflow();
  const cem = await anotherMember('Cem');
  turns.splice(
    0,
    turns.length,
    edit([review]),
    edit([{ edit: 'rename', step: 'draft', name: 'X' }]),
    'Done.',
  );
  before = async (moment) => {
    if (moment !== 'model-2.before') return;
    await services.pool.query(`update member set role = 'viewer' where "userId" = $1`, [
      cem.userId,
    ]);
  };
  const { thread } = await askFor(id, 'Let somebody review it', cem);
  await over(thread);
  before = async () => undefined;
  expect(await only(id)).toMatchObject({ status: 'withdrawn' });
  expect((await draftOf(id)).nodes).toHaveLength(3);
});

it('withdraws what a stopped agent was making, and takes it off the canvas', async () => {
  await answerBy('test');
  const id = await aWorkflow();
  const watch = await watchAgents(services.bus, id);
  const held = Promise.withResolvers<void>();
  turns.splice(0, turns.length, edit([review]), 'Done.');
  before = async (moment) => {
    if (moment === 'model-2.before') await held.promise;
  };
  const { thread } = await askFor(id, 'Let somebody review it');
  const making = await eventually(async () => {
    const found = await only(id);
    expect(found.status).toBe('making');
    return found;
  });
  const accept = { accept: ['nodes/n-out'], refuse: [], take: [], apply: true as const };
  const params = { id, suggestionId: making.id };
  await expect(
    decideSuggestion(services, actor, { params, query: {}, body: accept }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await cancelTurn(services, actor, { params: { id: thread }, query: {}, body: {} });
  await eventually(() => expect(watch.seen.at(-1)?.activity).toBe('gone'));
  held.resolve();
  before = async () => undefined;
  await eventually(async () => expect(await only(id)).toMatchObject({ status: 'withdrawn' }));
  expect((await draftOf(id)).nodes).toHaveLength(3);
  watch.stop();
});

it('changes nothing in a chat where nobody asked for it', async () => {
  await answerBy('test');
  const id = await aWorkflow();
  turns.splice(0, turns.length, edit([review]), 'Done.');
  const agent = await createAgent(services, actor, {
    ...none,
    body: {
      ...{ handle: 'free', name: 'Free', description: '', instructions: 'Help.', model: 'auto' },
      ...{ skills: [], tools: [{ name: changeTool, approval: 'never' }], limits: usualLimits },
    },
  });
  const thread = await createThread(services, actor, { ...none, body: { agentId: agent.id } });
  const body = { text: `Change ${id}` };
  await postMessage(services, actor, { params: { id: thread.id }, query: {}, body });
  await over(thread.id);
  expect(await suggestionsOf(id)).toEqual([]);
});

it('asks for no change of what is not there for who asks, and of a panel', async () => {
  const stranger = await aMember(services, 'canvas-strangers');
  const { id } = await createWorkflow(services, stranger, { ...none, body: steps });
  await expect(askFor(id, 'Remove Draft')).rejects.toMatchObject({ code: 'not_found' });
  const own = await aWorkflow();
  const [one, two] = [await anAgent('One'), await anAgent('Two')];
  const thread = await createThread(services, actor, { ...none, body: { agentId: one.id } });
  const change = { workflowId: own, selected: [] };
  const body = { text: 'Go', agents: [one.id, two.id], mode: 'panel' as const, change };
  await expect(
    postMessage(services, actor, { params: { id: thread.id }, query: {}, body }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await suggestionsOf(own)).toEqual([]);
});

it('lets two agents each make a suggestion of its own at once', async () => {
  await answerBy('test');
  const id = await aWorkflow();
  turns.splice(0, turns.length, edit([review]), 'Reviewed.');
  const [one, two] = [await anAgent('One'), await anAgent('Two')];
  const thread = await createThread(services, actor, { ...none, body: { agentId: one.id } });
  const change = { workflowId: id, selected: [] };
  const body = { text: 'Review it', agents: [one.id, two.id], mode: 'each' as const, change };
  await postMessage(services, actor, { params: { id: thread.id }, query: {}, body });
  await eventually(async () => {
    const made = await suggestionsOf(id);
    expect(made.map(({ status }) => status)).toEqual(['open', 'open']);
    expect(made.map(({ agent }) => agent?.name).sort()).toEqual(['One', 'Two']);
  });
  expect((await draftOf(id)).nodes).toHaveLength(3);
});

async function anotherMember(name: string): Promise<Actor> {
  const { workspaceId } = actor;
  const userId = crypto.randomUUID();
  const email = `${userId}@example.com`;
  await services.prisma.user.create({ data: { id: userId, name, email } });
  await services.prisma.member.create({
    data: { id: crypto.randomUUID(), organizationId: workspaceId, userId, role: 'editor' },
  });
  return { userId, name, email, workspaceId, role: 'editor' };
}

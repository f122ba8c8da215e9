import { randomUUID } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { answerStep } from '@/server/runs/control/answer-step';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createThread } from '../create-thread';
import { getThread } from '../get-thread';
import { postMessage } from '../post-message';
import { estimatePanel } from './estimate-panel';

const none = { params: {}, query: {}, body: undefined };
const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
const actorIn = (workspaceId: string): Actor => ({
  ...{ userId: 'ada', name: 'Ada', email: 'ada@example.com', workspaceId, role: 'editor' },
});
const [actor, stranger] = [actorIn('keyed'), actorIn('other')];

beforeAll(async () => {
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` }),
    'test',
  );
  const { prisma } = services;
  await prisma.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@example.com' } });
  for (const id of ['keyed', 'other']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
    await prisma.member.create({
      data: { id: randomUUID(), organizationId: id, userId: 'ada', role: 'editor' },
    });
  }
  await putKey(services, actor, {
    params: { provider: 'openai' },
    query: {},
    body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${mock.url}/v1` },
  });
  worker = await startWorker(services);
});
beforeEach(() => void mock.clearFixtures().clearRequests());
afterAll(async () => {
  await worker.drain();
  await services.close();
  await mock.stop();
});

const byId = (id: string) => ({ ...none, params: { id } });

async function agentIn(who: Actor, name: string): Promise<string> {
  const body = {
    ...{ handle: `agent-${randomUUID().slice(0, 8)}`, name, description: '' },
    ...{ instructions: `I am ${name}.`, model: 'auto' as const, tools: [], limits: usualLimits },
    skills: [],
  };
  return (await createAgent(services, who, { ...none, body })).id;
}

/** What agents say: by their instructions, blind and in the rounds. */
function says(name: string, blind: string, round?: string, evidence = 'page 4') {
  const reply = (answer: string, changed: boolean, from: string) =>
    JSON.stringify({ answer, claims: [`${name} claims it`], evidence: [from], sure: 1, changed });
  const asks = (text: string) => text.includes(`I am ${name}.`);
  mock.on(
    {
      predicate: (request) => {
        const all = JSON.stringify(request.messages);
        return asks(all) && all.includes('You answered:');
      },
    },
    { content: reply(round ?? blind, round !== undefined, evidence) },
  );
  mock.on(
    { predicate: (request) => asks(JSON.stringify(request.messages)) },
    { content: reply(blind, false, 'page 1') },
  );
}
function judges(pick: (all: string) => number) {
  mock.on(
    { predicate: (request) => JSON.stringify(request.messages).includes('Agents disagree.') },
    (request) => ({
      content: JSON.stringify({ why: 'So.', pick: pick(JSON.stringify(request.messages)) }),
    }),
  );
}

async function ask(names: string[], more: object = {}, key?: string) {
  const agents = await Promise.all(names.map((name) => agentIn(actor, name)));
  const [first = ''] = agents;
  const { id } = await createThread(services, actor, { ...none, body: { agentId: first } });
  const body = { text: 'Which city?', agents, mode: 'panel' as const, ...more };
  const headers =
    key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) };
  const posted = await postMessage(services, actor, { ...byId(id), body }, headers);
  return { id, posted, body, headers };
}
const lastOf = async (id: string) => (await getThread(services, actor, byId(id))).messages.at(-1);
const ended = (id: string) =>
  eventually(async () => {
    const last = await lastOf(id);
    expect(['succeeded', 'failed']).toContain(last?.run?.status);
    return last;
  });

test('two that agree end it, and a repeat with the same key asks nobody again', async () => {
  says('Ann', 'Paris');
  says('Ben', '**paris**.');
  says('Cem', 'Rome');
  const { id, posted, body, headers } = await ask(['Ann', 'Ben', 'Cem'], {}, randomUUID());
  expect(posted.answers).toHaveLength(1);
  expect(posted.answer).toMatchObject({
    authorName: 'Panel',
    panel: { agents: [{ name: 'Ann' }, { name: 'Ben' }, { name: 'Cem' }] },
  });
  const last = await ended(id);
  expect(last).toMatchObject({
    text: 'Paris',
    panel: { outcome: { way: 'agreed', agents: ['Ann', 'Ben'], dissent: [] } },
  });
  expect(mock.getRequests()).toHaveLength(2);
  const again = await postMessage(services, actor, { ...byId(id), body }, headers);
  expect(again.answer.id).toBe(last?.id);
  expect(mock.getRequests()).toHaveLength(2);
});

test('three vote, and the dissent is kept with its evidence', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome');
  says('Cem', 'Paris');
  const last = await ended((await ask(['Ann', 'Ben', 'Cem'])).id);
  expect(last?.panel?.outcome).toMatchObject({
    way: 'voted',
    held: { agents: ['Ann', 'Cem'], answer: 'Paris' },
    dissent: [{ agents: ['Ben'], answer: 'Rome', evidence: ['page 1'] }],
  });
});

test('a round is without names, and moves who finds new evidence', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome', 'Paris', 'page 9');
  const last = await ended((await ask(['Ann', 'Ben'])).id);
  expect(last?.panel?.outcome).toMatchObject({
    way: 'discussed',
    rounds: 1,
    moved: ['Ben'],
    dissent: [],
  });
  const round = mock
    .getRequests()
    .map(({ body }) => JSON.stringify(body))
    .filter((text) => text.includes('You answered:'));
  expect(round).toHaveLength(2);
  for (const text of round) expect(text).not.toMatch(/(Ann|Ben) claims it.*(Ben|Ann) answered/);
});

test('who gave no answer is named with the cause, also where nobody gave one', async () => {
  const talks = (name: string) =>
    mock.on(
      { predicate: (request) => JSON.stringify(request.messages).includes(`I am ${name}.`) },
      { content: 'Paris, I think.' },
    );
  const refused = { message: 'This model does not exist.', type: 'invalid_request_error' };
  says('Ann', 'Paris');
  says('Ben', 'Paris');
  mock.on(
    { predicate: (request) => JSON.stringify(request.messages).includes('I am Cem.') },
    { error: refused, status: 404 },
  );
  const last = await ended((await ask(['Cem', 'Ann', 'Ben'])).id);
  expect(last?.panel?.outcome).toMatchObject({ way: 'agreed', silent: ['Cem'] });
  expect(last?.panel?.outcome?.notes.join(' ')).toContain('Cem: OpenAI has no model');

  talks('Dan');
  mock.on(
    { predicate: (request) => JSON.stringify(request.messages).includes('I am Eve.') },
    { error: refused, status: 404 },
  );
  const failed = await ended((await ask(['Dan', 'Eve'])).id);
  expect(failed?.run?.status).toBe('failed');
  const said = JSON.stringify(failed);
  expect(said).toContain('No agent of the panel gave an answer.');
  expect(said).toMatch(/Dan: .*JSON/);
  expect(said).toMatch(/Eve: /);
});

test('a judge who goes by the order leaves it to a person, whose choice counts', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome');
  judges(() => 1);
  const { id } = await ask(['Ann', 'Ben']);
  const step = await eventually(async () => {
    const last = await lastOf(id);
    const { rows } = await services.pool.query<{ state: string }>(
      `select status as state from run where id = $1`,
      [last?.run?.id],
    );
    expect(rows[0]?.state).toBe('waiting');
    const state = await services.engine.load(last?.run?.id ?? '');
    expect(state?.steps.answer?.wait?.kind).toBe('person');
    return last?.run?.id ?? '';
  });
  const answer = (value: { decision: 'approved'; values: { answer: string } }) =>
    answerStep(services, actor, {
      ...none,
      params: { id: step, stepId: 'answer' },
      body: { answer: value },
    });
  await expect(answer({ decision: 'approved', values: { answer: 'Z' } })).rejects.toThrow(
    /Choose one/,
  );
  await answer({ decision: 'approved', values: { answer: 'B' } });
  const last = await ended(id);
  expect(last).toMatchObject({
    text: 'Rome',
    panel: { outcome: { way: 'decided', by: 'Ada', dissent: [{ answer: 'Paris' }] } },
  });
});

test('a judge who says the same in both orders decides', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome');
  judges((all) => (all.indexOf('Rome') < all.indexOf('Paris') ? 1 : 2));
  const last = await ended((await ask(['Ann', 'Ben'])).id);
  expect(last?.panel?.outcome).toMatchObject({ way: 'judged', held: { answer: 'Rome' } });
});

test('the cap ends it before the next step', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome');
  const last = await ended(
    (await ask(['Ann', 'Ben'], { panel: { capUsd: 0.000_000_1, policy: 'discuss' } })).id,
  );
  expect(last?.panel?.outcome?.way).toBe('capped');
  expect(mock.getRequests()).toHaveLength(2);
});

test('a worker that goes and one that comes go on where it was: nobody is asked twice', async () => {
  says('Ann', 'Paris');
  says('Ben', 'Rome', 'Paris', 'page 9');
  const { id } = await ask(['Ann', 'Ben']);
  await eventually(() => Promise.resolve(expect(mock.getRequests().length).toBeGreaterThan(0)));
  await worker.drain();
  worker = await startWorker(services);
  expect((await ended(id))?.panel?.outcome?.way).toBe('discussed');
  expect(mock.getRequests()).toHaveLength(4);
});

test('what it would cost is told before, for agents of one’s own workspace', async () => {
  const agents = [await agentIn(actor, 'Ann'), await agentIn(actor, 'Ben')];
  const body = { agents, text: 'Which city?', policy: 'discuss' as const };
  const told = await estimatePanel(services, actor, { ...none, body });
  expect(told.calls.least).toBe(2);
  expect(Number(told.costUsd?.most)).toBeGreaterThan(Number(told.costUsd?.least));
  expect(told.models).toHaveLength(1);
  await expect(estimatePanel(services, stranger, { ...none, body })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const one = { text: 'Hm', agents: agents.slice(0, 1), mode: 'panel' as const };
  const { id } = await createThread(services, actor, {
    ...none,
    body: { agentId: agents[0] ?? '' },
  });
  await expect(postMessage(services, actor, { ...byId(id), body: one })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

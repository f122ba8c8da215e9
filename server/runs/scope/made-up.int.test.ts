import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { RunMode } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { openWorld } from '@/server/connections/testing/world';
import { ended } from '@/server/runs/testing/harness';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;

beforeAll(async () => {
  world = await openWorld();
  const { services, ada } = world;
  await services.pool.query(
    `with person as (
       insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
       values ($1, 'Ada', 'ada-made-up@example.com', true, now(), now()) returning id)
     insert into member (id, "organizationId", "userId", role, "createdAt")
     select gen_random_uuid(), $2, id, 'editor', now() from person`,
    [ada.userId, ada.workspaceId],
  );
});
afterAll(() => world?.close());

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const answer = node('answer', 'agent', { prompt: 'Write to the customer.' });
const post = (id: string, more: object = {}) =>
  node(id, 'http', { method: 'POST', url: world.url(`/${id}`), body: '{}' }, more);
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target });

async function run(nodes: object[], edges: object[], mode: RunMode = 'live') {
  const before = world.seen.length;
  const { services, ada } = world;
  const { id } = await services.engine.start({
    ...{ workspaceId: ada.workspaceId, startedBy: ada.userId },
    ...{ name: 'Made up', mode, trigger: 'manual' },
    plan: compile(definitionSchema.parse({ name: 'Made up', nodes, edges }), catalogue),
    ...{ definitionHash: 'h', input: {} },
  });
  const state = await ended(services, id);
  return { id, state, sent: world.seen.slice(before).map(({ url }) => url) };
}

test('what comes after a made-up answer and reaches others is refused, and nothing is sent', async () => {
  const { state, sent } = await run([answer, post('send')], [edge('answer', 'send')]);
  expect(state.steps.answer?.status).toBe('succeeded');
  expect(state.steps.send?.error).toMatchObject({ code: 'made_up_answer', retryable: false });
  expect(state.steps.send?.error?.message).toContain('“answer”');
  expect(state.steps.send?.attempt).toBe(1);
  expect(sent).toEqual([]);
});

test('so is a tool that a step calls and that reaches others; one that reads is called', async () => {
  const call = (id: string, method: string) =>
    node(id, 'tool', {
      tool: 'http_request',
      args: JSON.stringify({ method, url: world.url(`/${id}`) }),
    });
  const edges = [edge('answer', 'tell'), edge('answer', 'look')];
  const { state, sent } = await run([answer, call('tell', 'POST'), call('look', 'GET')], edges);
  expect(state.steps.tell?.error?.message).toContain('the answer of “answer” is made up');
  expect(sent).not.toContain('/tell');
  expect(JSON.stringify(state.steps.look)).not.toContain('made_up_answer');
});

test('so is what comes later, past steps that say nothing of it', async () => {
  const between = node('between', 'transform', { expression: '1 + 1' });
  const edges = [edge('answer', 'between'), edge('between', 'send')];
  const { state, sent } = await run([answer, between, post('send')], edges);
  expect(state.steps.send?.error?.code).toBe('made_up_answer');
  expect(sent).toEqual([]);
});

test('a request that reads, and one on a way of its own, are sent as ever', async () => {
  const read = node('read', 'http', { url: world.url('/read') });
  const { state, sent } = await run([answer, read, post('alone')], [edge('answer', 'read')]);
  expect(state.status).toBe('succeeded');
  expect(sent.toSorted()).toEqual(['/alone', '/read']);
});

test('a step inside a container after one, and one in the next iteration, are refused too', async () => {
  const each = node('each', 'map', { items: '[1, 2]' });
  const after = await run(
    [answer, each, post('send', { group: 'each' })],
    [edge('answer', 'each')],
  );
  expect([after.state.status, after.sent]).toEqual(['failed', []]);
  const inside = await run(
    [each, { ...answer, group: 'each' }, post('send', { group: 'each' })],
    [edge('answer', 'send')],
  );
  expect([inside.state.status, inside.sent]).toEqual(['failed', []]);
});

test('a rehearsal sends nothing and says so, as ever', async () => {
  const { state, sent } = await run([answer, post('send')], [edge('answer', 'send')], 'rehearsal');
  expect(state.status).toBe('succeeded');
  expect(state.steps.send?.reason).toContain('Rehearsed');
  expect(sent).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '@/app/api/testing/client';
import { join, type Somebody, setUp, startApi } from '@/app/api/testing/people';
import type { Anchor } from '@/lib/comments/schema';
import { commentLimits } from '@/lib/comments/schema';
import type { Services } from '@/server/services';

let services: Services;
let ana: Somebody & { workspaceId: string };
let ben: Somebody;
let cleo: Somebody;
let vera: Somebody;
let stranger: Somebody;

const point: Anchor = { kind: 'point', x: 10, y: 20 };
const mention = (who: Somebody, name = 'x') => `@[${name}](user:${who.userId})`;
const missing = '00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  services = await startApi();
  ana = await setUp();
  ben = await join(ana, 'commenter', 'Ben');
  cleo = await join(ana, 'editor', 'Cleo');
  vera = await join(ana, 'viewer', 'Vera');
  stranger = await join(ana, 'viewer', 'Stranger');
  await ask('POST', '/api/v2/workspaces', stranger.headers, { body: { name: 'Elsewhere' } });
  await ask('DELETE', `/api/v2/members/${stranger.userId}`, ana.headers);
});
afterAll(() => services?.close());

/** Asks below /api/v2; the rate of comments starts anew, as this file writes many. */
async function go(who: Somebody, method: string, path: string, body?: unknown) {
  await services.pool.query(`delete from rate_limit where key like 'comments|%'`);
  return ask(method, `/api/v2${path}`, who.headers, body === undefined ? {} : { body });
}

async function newWorkflow(): Promise<string> {
  const answer = await go(ana, 'POST', '/workflows', { name: 'Talk', nodes: [], edges: [] });
  expect(answer.status).toBe(201);
  return answer.body.id;
}
async function start(who: Somebody, workflowId: string, body: string, anchor: Anchor = point) {
  const answer = await go(who, 'POST', `/workflows/${workflowId}/comments`, { anchor, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}
const list = async (who: Somebody, workflowId: string, query = '') =>
  (await go(who, 'GET', `/workflows/${workflowId}/comments${query}`)).body;
const inbox = async (who: Somebody) => (await go(who, 'GET', '/notifications')).body.items;
const count = async (who: Somebody) => (await go(who, 'GET', '/notifications/count')).body.unread;

test('a commenter starts a thread, others answer, and each hears of it once', async () => {
  const workflow = await newWorkflow();
  const thread = await start(ben, workflow, `Is this right, ${mention(cleo)}? ${mention(ben)}`);
  expect(thread).toMatchObject({
    anchor: point,
    replies: 0,
    unread: false,
    opening: { author: { name: 'Ben' }, mentions: [{ name: 'Cleo' }, { name: 'Ben' }] },
  });
  expect(await inbox(cleo)).toMatchObject([
    { kind: 'mentioned', actor: { name: 'Ben' }, text: 'Is this right, @Cleo? @Ben', readAt: null },
  ]);
  expect(await inbox(ben)).toEqual([]);

  const answer = await go(cleo, 'POST', `/comments/${thread.id}/replies`, {
    body: `Yes, ${mention(ben)}`,
  });
  expect(answer.status).toBe(201);
  expect(answer.body.comments.map((each: { body: string }) => each.body)).toHaveLength(2);
  expect((await inbox(ben)).map((each: { kind: string }) => each.kind)).toEqual(['mentioned']);

  await go(ana, 'POST', `/comments/${thread.id}/replies`, { body: 'Agreed.' });
  expect((await inbox(ben)).map((each: { kind: string }) => each.kind)).toEqual([
    'replied',
    'mentioned',
  ]);
  expect(await list(ben, workflow)).toMatchObject({
    items: [{ unread: true, replies: 2, people: [{ name: 'Ben' }, { name: 'Cleo' }, {}] }],
    counts: { open: 1, resolved: 0, unread: 1 },
  });

  const last = (await go(ben, 'GET', `/comments/${thread.id}`)).body.comments.at(-1);
  await go(ben, 'POST', `/comments/${thread.id}/read`, { at: last.createdAt });
  expect((await list(ben, workflow)).counts.unread).toBe(0);
  expect(await count(ben)).toBe(0);
});

test('resolving tells who started it, twice changes nothing, and a reply opens it again', async () => {
  const workflow = await newWorkflow();
  const thread = await start(ben, workflow, 'Open question');
  const path = `/comments/${thread.id}`;
  const before = await count(ben);
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await go(cleo, 'PATCH', path, { resolved: true });
    expect(answer.body.resolvedBy.name).toBe('Cleo');
  }
  expect(await count(ben)).toBe(before + 1);
  expect(await list(ben, workflow)).toMatchObject({ items: [], counts: { open: 0, resolved: 1 } });
  expect((await list(ben, workflow, '?status=resolved')).items).toHaveLength(1);
  const answer = await go(ana, 'POST', `${path}/replies`, { body: 'Not yet.' });
  expect(answer.body.resolvedAt).toBeNull();
});

test('one changes and deletes one’s own; an admin deletes anybody’s, and that is on record', async () => {
  const workflow = await newWorkflow();
  const thread = await start(ben, workflow, 'First');
  const opening = `/comments/${thread.id}/replies/${thread.opening.id}`;
  expect((await go(cleo, 'PATCH', opening, { body: 'Mine now' })).status).toBe(403);
  expect((await go(cleo, 'DELETE', opening)).status).toBe(403);

  const before = await count(cleo);
  const edited = await go(ben, 'PATCH', opening, { body: `Second ${mention(cleo)}` });
  expect(edited.body.opening).toMatchObject({ editedAt: expect.any(String) });
  await go(ben, 'PATCH', opening, { body: `Third ${mention(cleo)}` });
  expect(await count(cleo)).toBe(before + 1);

  await go(cleo, 'POST', `/comments/${thread.id}/replies`, { body: 'Reply' });
  expect((await go(ana, 'DELETE', opening)).body).toMatchObject({ threadDeleted: false });
  const left = (await go(ben, 'GET', `/comments/${thread.id}`)).body;
  expect(left.comments).toMatchObject([{ deleted: true, body: '' }, { body: 'Reply' }]);
  expect(await count(cleo)).toBe(before);
  expect((await go(ben, 'PATCH', opening, { body: 'Back' })).status).toBe(404);
  const audit = await services.prisma.audit.findMany({ where: { subjectId: workflow } });
  expect(audit.map(({ action }) => action)).toContain('comment.deleted');

  const reply = `/comments/${thread.id}/replies/${left.comments[1].id}`;
  expect((await go(cleo, 'DELETE', reply)).body).toMatchObject({ threadDeleted: true });
  expect((await go(ben, 'GET', `/comments/${thread.id}`)).status).toBe(404);
});

test('a viewer reads and cannot write; a stranger finds nothing; neither do mentions reach one', async () => {
  const workflow = await newWorkflow();
  const thread = await start(ben, workflow, `Hello ${mention(stranger, 'Vera')}`);
  expect(thread.opening.mentions).toEqual([]);
  expect((await list(vera, workflow)).items).toHaveLength(1);
  const path = `/comments/${thread.id}`;
  const body = { body: 'No' };
  const writes: [string, string, unknown][] = [
    ['POST', `/workflows/${workflow}/comments`, { anchor: point, ...body }],
    ['PATCH', path, { resolved: true }],
    ['POST', `${path}/replies`, body],
    ['PATCH', `${path}/replies/${thread.opening.id}`, body],
    ['DELETE', `${path}/replies/${thread.opening.id}`, undefined],
  ];
  for (const [method, address, sent] of writes) {
    expect((await go(vera, method, address, sent)).status, address).toBe(403);
    expect((await go(stranger, method, address, sent)).status, address).toBe(404);
  }
  expect((await go(stranger, 'GET', path)).status).toBe(404);
  expect(await inbox(stranger)).toEqual([]);
  expect((await go(vera, 'POST', `${path}/read`, { at: thread.createdAt })).status).toBe(200);
});

test('nobody reads another’s notifications', async () => {
  const workflow = await newWorkflow();
  await start(ben, workflow, mention(cleo));
  const [first] = await inbox(cleo);
  expect((await go(ben, 'POST', '/notifications/read', { id: first.id })).status).toBe(404);
  expect((await go(cleo, 'POST', '/notifications/read', { id: first.id })).body.read).toBe(1);
  expect((await go(cleo, 'POST', '/notifications/read', { id: missing })).status).toBe(404);
  await start(ben, workflow, mention(cleo));
  expect((await go(cleo, 'POST', '/notifications/read', {})).body.read).toBeGreaterThan(0);
  expect(await count(cleo)).toBe(0);
});

test('what belongs to a deleted workflow is gone, from the notifications too', async () => {
  const workflow = await newWorkflow();
  const thread = await start(ben, workflow, mention(cleo));
  const unread = await count(cleo);
  await go(ana, 'DELETE', `/workflows/${workflow}`);
  expect((await go(ben, 'GET', `/workflows/${workflow}/comments`)).status).toBe(404);
  expect((await go(ben, 'GET', `/comments/${thread.id}`)).status).toBe(404);
  const late = await go(ben, 'POST', `/comments/${thread.id}/replies`, { body: 'Late' });
  expect(late.status).toBe(404);
  expect(await count(cleo)).toBe(unread - 1);
});

test('pages hold every thread once, last active first, and filters narrow them', async () => {
  const workflow = await newWorkflow();
  for (let index = 0; index < 23; index += 1) {
    const node: Anchor = { kind: 'node', nodeId: 'clean', label: 'Clean' };
    await start(
      index % 2 ? ben : cleo,
      workflow,
      index === 4 ? mention(ana) : `Number ${index}`,
      index < 3 ? node : point,
    );
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(ana, workflow, `?limit=5${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...page.items.map((each: { id: string }) => each.id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(23);
  expect(new Set(seen).size).toBe(23);
  expect((await list(ben, workflow, '?mine=true&limit=50')).items).toHaveLength(11);
  expect((await list(ana, workflow, '?mentions=true')).items).toHaveLength(1);
  expect((await list(ana, workflow, '?node=clean')).items).toHaveLength(3);
  expect((await list(ben, workflow, '?unread=true&limit=50')).items).toHaveLength(12);
  expect((await go(ana, 'GET', `/workflows/${workflow}/comments?cursor=x`)).status).toBe(400);
});

test('limits are told: length, rate, a thread that is full, a workflow that is full', async () => {
  const workflow = await newWorkflow();
  const long = 'x'.repeat(commentLimits.bodyLength + 1);
  const path = `/workflows/${workflow}/comments`;
  for (const body of [long, '   ']) {
    expect((await go(ben, 'POST', path, { anchor: point, body })).status).toBe(400);
  }
  const thread = await start(ben, workflow, 'Full soon');
  await services.pool.query(
    `insert into comment (id, thread_id, author_id, body, mentions)
     select gen_random_uuid(), $1, $2, 'x', '{}' from generate_series(2, $3)`,
    [thread.id, ben.userId, commentLimits.commentsPerThread],
  );
  const full = await go(ben, 'POST', `/comments/${thread.id}/replies`, { body: 'One more' });
  expect([full.status, full.body.error.message]).toEqual([409, expect.stringContaining('500')]);

  await services.pool.query(
    `insert into comment_thread (id, workspace_id, workflow_id, anchor)
     select gen_random_uuid(), $1, $2, '{"kind":"workflow"}' from generate_series(2, $3)`,
    [ana.workspaceId, workflow, commentLimits.openThreads],
  );
  const many = await go(ben, 'POST', path, { anchor: point, body: 'One more' });
  expect([many.status, many.body.error.code]).toEqual([409, 'conflict']);

  const other = await newWorkflow();
  const send = () =>
    ask('POST', `/api/v2/workflows/${other}/comments`, ben.headers, {
      body: { anchor: point, body: 'x' },
    });
  await send();
  await services.pool.query(`update rate_limit set count = $1 where key = $2`, [
    commentLimits.perMinute,
    `comments|${ben.userId}`,
  ]);
  expect((await send()).status).toBe(429);
});

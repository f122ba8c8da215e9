import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { viewRun } from '@/lib/runs/view/view';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { lastRuns } from '@/server/runs/reading/last-runs';
import { eventsAfter, listEvents } from '@/server/runs/reading/list-events';
import { listRuns } from '@/server/runs/reading/list-runs';
import { readRun } from '@/server/runs/reading/read-run';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startInline } from './start-inline';
import { startRun } from './start-run';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let stranger: Actor;
let workflowId: string;

const node = (id: string, type: string, config: object) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
});
const edge = (source: string, target: string, sourcePort = 'out') => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
});
const definition = definitionSchema.parse({
  name: 'Words',
  nodes: [
    node('double', 'transform', { expression: 'input.n * 2' }),
    node('large', 'switch', {
      cases: [{ id: 'yes', label: 'Large', condition: 'steps.double.output > 10' }],
    }),
    node('ask', 'agent', { agent: '@poet', prompt: 'A verse on {{ steps.double.output }}.' }),
    node('small', 'transform', { expression: '"small"' }),
  ],
  edges: [edge('double', 'large'), edge('large', 'ask', 'yes'), edge('large', 'small', 'else')],
});

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const member = async (): Promise<Actor> => ({
    userId: 'u',
    name: 'Ada',
    email: 'a@b.c',
    role: 'editor',
    workspaceId: await makeWorkspace(services.pool),
  });
  [actor, stranger] = [await member(), await member()];
  const created = await services.pool.query<{ id: string }>(
    `insert into workflow (id, workspace_id, name, live_version) values ($1, $2, 'Words', 1) returning id`,
    [randomUUID(), actor.workspaceId],
  );
  workflowId = created.rows[0]?.id ?? '';
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, 1, $3, 'h')`,
    [randomUUID(), workflowId, JSON.stringify(definition)],
  );
  await services.pool.query(
    `insert into agent (id, workspace_id, handle, name, instructions, model) values ($1, $2, 'poet', 'Poet', 'Rhyme.', '"auto"')`,
    [randomUUID(), actor.workspaceId],
  );
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const headers = (values: Record<string, string>) => ({ headers: new Headers(values) });
const start = (n: number, more: Record<string, string> = {}, by = actor) =>
  startRun(
    services,
    by,
    { params: { id: workflowId }, query: {}, body: { input: { n }, mode: 'rehearsal' } },
    headers(more),
  );
const read = (id: string, by = actor) =>
  readRun(services, by, { params: { id }, query: {}, body: undefined });

describe('a run of a published version', () => {
  it('does its nodes with all they need, and shows what happened', async () => {
    const { id, status } = await start(21, { authorization: 'Bearer x' });
    expect(status).toBe('queued');
    await ended(services, id);
    const view = await read(id);
    expect(view).toMatchObject({
      status: 'succeeded',
      version: 1,
      mode: 'rehearsal',
      trigger: 'api',
      workflowName: 'Words',
      input: { n: 21 },
    });
    const step = (key: string) => view.steps.find((one) => one.key === key);
    expect(step('double')).toMatchObject({ status: 'succeeded', output: 42, attempt: 1 });
    expect(step('large')?.reason).toContain('Large');
    expect(step('small')).toMatchObject({ status: 'skipped', startedAt: null });
    expect(step('ask')).toMatchObject({
      status: 'succeeded',
      input: { prompt: 'A verse on 42.' },
      output: { agent: 'poet', rehearsed: true },
      calls: [{ provider: 'rehearsal', rehearsed: true }],
    });
    expect(view.usage.inputTokens).toBeGreaterThan(0);
    // The same view, whether it is read or replayed from the events that a browser gets.
    const { items, more } = await listEvents(services, actor, {
      params: { id },
      query: { after: 0, limit: 1000 },
      body: undefined,
    });
    expect(more).toBe(false);
    expect(items.at(-1)).toMatchObject({ type: 'RunSucceeded', seq: view.seq });
    expect(await eventsAfter(services, actor, id, view.seq - 1)).toHaveLength(1);
    const state = await services.engine.load(id);
    if (state) expect(viewRun(view, state)).toEqual(view);
  });
  it('fails with the step and the reason when an expression does', async () => {
    const { id } = await startRun(services, actor, {
      params: { id: workflowId },
      query: {},
      body: { input: {}, mode: 'rehearsal' },
    });
    await ended(services, id);
    expect(await read(id)).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed' },
    });
  });
  it('is the same run for the same Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'abc' };
    const first = await start(1, key);
    expect((await start(1, key)).id).toBe(first.id);
    await expect(start(2, key)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    await expect(start(1, { 'idempotency-key': 'x'.repeat(201) })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
  it('needs a version', async () => {
    const body = { input: {}, mode: 'live' as const, version: 7 };
    const asked = startRun(services, actor, { params: { id: workflowId }, query: {}, body });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('other workspaces', () => {
  it('see and change nothing', async () => {
    const { id } = await start(1);
    const input = { params: { id }, query: {}, body: undefined };
    const events = { ...input, query: { after: 0, limit: 9 } };
    await expect(start(1, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listEvents(services, stranger, events)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(cancelRun(services, stranger, input)).rejects.toMatchObject({ code: 'not_found' });
    const query = { limit: 50 };
    const listed = await listRuns(services, stranger, { params: {}, query, body: undefined });
    expect(listed).toEqual({ items: [] });
    expect((await lastRuns(services, stranger, [workflowId])).get(workflowId)).toEqual([]);
    await ended(services, id);
  });
});

describe('lists', () => {
  it('page through all runs, newest first, and filter', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = await listRuns(services, actor, { params: {}, query, body: undefined });
      seen.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(4);
    const failed = { limit: 50, status: 'failed' as const };
    const page = await listRuns(services, actor, { params: {}, query: failed, body: undefined });
    expect(page.items).toHaveLength(1);
    expect((await lastRuns(services, actor, [workflowId], 3)).get(workflowId)).toHaveLength(3);
    const bad = { limit: 2, cursor: 'nonsense' };
    await expect(
      listRuns(services, actor, { params: {}, query: bad, body: undefined }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a run of its own definition', () => {
  it('starts once for its id, and can be cancelled once', async () => {
    const slow = definitionSchema.parse({
      name: 'Slow',
      nodes: [node('wait', 'http', { url: 'https://example.invalid' })],
      edges: [],
    });
    const thread = await services.pool.query<{ id: string }>(
      `insert into thread (id, workspace_id, title, created_by) values ($1, $2, 't', 'u') returning id`,
      [randomUUID(), actor.workspaceId],
    );
    const inline = {
      definition: slow,
      input: {},
      mode: 'live' as const,
      name: 'Turn',
      runId: randomUUID(),
      threadId: thread.rows[0]?.id ?? '',
    };
    await startInline(services, actor, inline);
    await startInline(services, actor, inline);
    const query = { limit: 9, threadId: inline.threadId };
    const { items } = await listRuns(services, actor, { params: {}, query, body: undefined });
    expect(items).toMatchObject([{ id: inline.runId, trigger: 'chat', version: null }]);
    const cancel = () =>
      cancelRun(services, actor, { params: { id: inline.runId }, query: {}, body: undefined });
    await eventually('it is cancelled or has ended', async () => {
      const { status } = await read(inline.runId);
      return status !== 'queued' || undefined;
    });
    const first = await cancel().catch((error: { code: string }) => error.code);
    expect(['cancelled', 'already_finished']).toContain(
      typeof first === 'string' ? first : first.status,
    );
    await expect(cancel()).rejects.toMatchObject({ code: 'already_finished' });
  });
});

it('tells in every list that the scripted model answered in a live run', async () => {
  const live = async (n: number) => {
    const body = { input: { n }, mode: 'live' as const };
    const { id } = await startRun(services, actor, { params: { id: workflowId }, query: {}, body });
    await ended(services, id);
    const { items } = await listRuns(services, actor, {
      params: {},
      query: { limit: 50, workflowId },
      body: undefined,
    });
    return [await read(id), items.find((each) => each.id === id)];
  };
  for (const view of await live(21)) {
    expect(view).toMatchObject({ status: 'succeeded', mode: 'live', scripted: true });
  }
  // No model was asked on the other way.
  for (const view of await live(1)) {
    expect(view).toMatchObject({ status: 'succeeded', mode: 'live', scripted: false });
  }
});

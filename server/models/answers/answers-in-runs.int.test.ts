import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { listRunCalls } from '@/server/spending/calls/list-run-calls';
import { testConfig } from '@/server/testing/database';
import { aMember } from '@/server/tools/testing/task-world';
import { clearAnswerCache } from '../clear-answer-cache';
import { putKey } from '../put-key';
import { showAnswerCache } from '../show-answer-cache';
import { startTwin, type Twin } from '../testing/twin/twin';

let services: Services;
let workers: Awaited<ReturnType<typeof startWorker>>[];
let second: Services;
let twin: Twin;
let actor: Actor;

beforeAll(async () => {
  twin = await startTwin();
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${twin.port}` });
  services = await createServices(config, 'one');
  second = await createServices(config, 'two');
  workers = [await startWorker(services), await startWorker(second)];
});
beforeEach(async () => {
  const { workspaceId, userId } = await aMember(services.pool, 'admin');
  actor = { userId, name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId };
  await key();
  twin.bill.length = 0;
  twin.asked.length = 0;
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.drain()));
  await Promise.all([services.close(), second.close()]);
  await twin.close();
});

const key = () =>
  putKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {} },
    body: { key: 'k', baseUrl: `${twin.origin}/v1` },
  });
const input = <Params>(params: Params) => ({ params, query: {}, body: undefined });

async function start(config: Record<string, unknown> = {}, startedBy?: string): Promise<string> {
  const node = { id: 'ask', key: 'ask', type: 'model', name: 'Ask', position: { x: 0, y: 0 } };
  const model = { provider: 'openai', model: 'gpt-6-sol' };
  const settings = { model, prompt: 'Say something.', answerCache: 'hour', ...config };
  const plan = compile(
    definitionSchema.parse({ name: 'Ask', nodes: [{ ...node, config: settings }], edges: [] }),
    catalogue,
  );
  const { id } = await services.engine.start({
    ...{ workspaceId: actor.workspaceId, name: 'Ask', mode: 'live', trigger: 'manual', plan },
    ...{ definitionHash: 'test', input: {}, startedBy: startedBy ?? actor.userId },
  });
  return id;
}

async function callsOf(id: string) {
  const given = { params: { id }, query: { limit: 10 }, body: undefined };
  return (await listRunCalls(services, actor, given)).items;
}

test('runs that ask the same at once are one call at the vendor’s bill', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => start()));
  const states = await Promise.all(ids.map((id) => ended(services, id)));
  expect(states.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'));
  expect(twin.bill).toHaveLength(1);
  const outputs = states.map(({ steps }) => steps.ask?.output);
  for (const output of outputs) expect(output).toEqual(outputs[0]);
  const facts = (await Promise.all(ids.map(callsOf))).flat();
  const [miss, ...more] = facts.filter(({ answerCache }) => answerCache === 'miss');
  expect(more).toEqual([]);
  const hits = facts.filter(({ answerCache }) => answerCache === 'hit');
  expect(hits).toHaveLength(7);
  for (const hit of hits) {
    expect(hit).toMatchObject({
      ...{ costUsd: '0', state: 'settled', cachedFrom: miss?.id, inputTokens: 0 },
      decision: { reason: expect.stringMatching(/^From the answer cache/), cache: { use: 'hit' } },
    });
  }
  const marked = states.map(({ steps }) => steps.ask?.calls?.map(({ cached }) => cached));
  expect(marked.filter(([cached] = []) => cached === true)).toHaveLength(7);
  const shown = await showAnswerCache(services, actor, input({}));
  expect(shown).toMatchObject({ calls: 8, hits: 7, kept: 1 });
  expect(Number(shown.savedUsd)).toBeCloseTo(7 * Number(miss?.costUsd), 10);
  process.stdout.write(`8 runs in 2 processes at once: ${twin.bill.length} call billed\n`);
});

test('another person asks anew, and so does the same one after a new key, a cleared cache or another prompt', async () => {
  const calls = async (...given: Parameters<typeof start>) => {
    const before = twin.bill.length;
    expect(await ended(services, await start(...given))).toMatchObject({ status: 'succeeded' });
    return twin.bill.length - before;
  };
  expect(await calls()).toBe(1);
  expect(await calls()).toBe(0);
  const { userId } = await aMember(services.pool, 'editor');
  expect(await calls({}, userId)).toBe(1);
  await key();
  expect(await calls()).toBe(1);
  expect(await calls()).toBe(0);
  expect(await clearAnswerCache(services, actor, input({}))).toEqual({ cleared: 1 });
  expect(await calls()).toBe(1);
  expect(await calls({ prompt: 'Say something else.' })).toBe(1);
  expect(await calls({ answerCache: 'off' })).toBe(1);
  expect(await calls({ answerCache: 'day' })).toBe(0);
});

test('nothing of a call that failed is given again', async () => {
  twin.script({
    ...{ status: 400, body: { error: { message: 'flagged', code: 'content_filter' } } },
  });
  expect(await ended(services, await start())).toMatchObject({ status: 'failed' });
  expect(await showAnswerCache(services, actor, input({}))).toMatchObject({ hits: 0, kept: 0 });
  expect(await ended(services, await start())).toMatchObject({ status: 'succeeded' });
});

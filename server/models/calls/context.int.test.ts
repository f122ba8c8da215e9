import { afterAll, beforeAll, expect, test } from 'vitest';
import { planTurn } from '@/lib/chat/plan-turn';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { listRunCalls } from '@/server/spending/calls/list-run-calls';
import { testConfig } from '@/server/testing/database';
import { putKey } from '../put-key';
import { startTwin, type Twin } from '../testing/twin/twin';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let twin: Twin;
let actor: Actor;

beforeAll(async () => {
  twin = await startTwin();
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${twin.port}` }),
    'test',
  );
  worker = await startWorker(services);
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId };
  await putKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {} },
    body: { key: 'k', baseUrl: `${twin.origin}/v1` },
  });
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

/** A turn of a chat with so many messages before it, as a run of its own. */
async function turn(before: number, words: number) {
  const history = Array.from({ length: before }, (_, at) => ({
    role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content: `${at} ${'word '.repeat(words)}`,
  }));
  const { definition, input } = planTurn({
    ...{ agent: { handle: 'nobody', name: 'Nobody' }, history, text: 'And now?' },
  });
  const plan = compile(definition, catalogue);
  const { id } = await services.engine.start({
    ...{ workspaceId: actor.workspaceId, name: 'Turn', mode: 'live', trigger: 'manual', plan },
    ...{ definitionHash: 'test', input },
  });
  const state = await ended(services, id);
  expect(state).toMatchObject({ status: 'succeeded' });
  const query = { params: { id }, query: { limit: 10 }, body: undefined };
  const { items } = await listRunCalls(services, actor, query);
  return { state, call: items[0] };
}

test('a call records what filled the window', async () => {
  const { call } = await turn(2, 100);
  const { context } = call ?? {};
  expect(context).toMatchObject({ parts: { tools: 0, memory: 0, retrieved: 0, results: 0 } });
  expect(context?.parts.instructions).toBeGreaterThan(0);
  expect(context?.parts.history).toBeGreaterThan(200);
  expect(context?.parts.request).toBeGreaterThan(0);
  expect(context?.window).toBeGreaterThan(context?.answer ?? 0);
  expect(context).not.toHaveProperty('earlier');
});

test('messages that a chat does not send are on record, and said below the answer', async () => {
  const { call, state } = await turn(30, 2_000);
  expect(call?.context?.earlier?.messages).toBeGreaterThan(0);
  expect(call?.context?.parts.history).toBeLessThan(24_000);
  const note = state.steps.answer?.calls?.at(-1)?.note;
  expect(note).toContain(`The first ${call?.context?.earlier?.messages} messages were not sent`);
});

test('a call from before this was recorded says nothing', async () => {
  const { call } = await turn(0, 1);
  await services.pool.query('update model_call set context = null where id = $1', [call?.id]);
  const query = { params: { id: call?.runId ?? '' }, query: { limit: 10 }, body: undefined };
  const { items } = await listRunCalls(services, actor, query);
  expect(items).toMatchObject([{ context: null }]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Call, RunState } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { serveStreams } from '@/server/models/testing/stream-server';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

const chunk = (delta: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const usage = { choices: [], usage: { prompt_tokens: 11, completion_tokens: 7 } };
const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const whole = (text: string, finish = 'stop') =>
  `${[chunk({ content: text }), chunk({}, finish), usage].map(line).join('')}data: [DONE]\n\n`;

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let server: Awaited<ReturnType<typeof serveStreams>>;
let workspaceId: string;

beforeAll(async () => {
  server = await serveStreams((response, { path, body }) => {
    if (path.endsWith('/models')) return void response.end('{"object":"list","data":[]}');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const { model } = JSON.parse(body) as { model: string };
    if (model === 'misfit') response.end(whole('{"total": "5"}'));
    else if (model === 'refuses') response.end(whole('No.', 'content_filter'));
    else if (model === 'breaks') {
      response.write(line({ ...chunk({ content: 'Half a' }), ...{ usage: usage.usage } }));
      setTimeout(() => response.destroy(), 50);
    } else response.write(line(chunk({ content: 'It goes on and on. '.repeat(20) })));
  });
  const allowed = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${server.port}` });
  services = await createServices(allowed, 'test');
  workspaceId = await makeWorkspace(services.pool);
  await putKey(
    services,
    { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId },
    {
      params: { provider: 'compatible' },
      query: {},
      body: { key: '', baseUrl: `${server.origin}/v1` },
    },
  );
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  server.close();
});

const plan = (model: string, policy: object = {}, more: object = {}) =>
  compile(
    definitionSchema.parse({
      name: 'Ask',
      nodes: [
        {
          id: 'ask',
          key: 'ask',
          type: 'model',
          name: 'Ask',
          position: { x: 0, y: 0 },
          config: { model: { provider: 'compatible', model }, prompt: 'Say something.', ...more },
          policy: { retry: { attempts: 3, backoffMs: 0, maxBackoffMs: 0 }, ...policy },
        },
      ],
      edges: [],
    }),
    catalogue,
  );

async function start(given: ReturnType<typeof plan>): Promise<string> {
  const { id } = await services.engine.start({
    workspaceId,
    name: 'Ask',
    mode: 'live',
    trigger: 'manual',
    plan: given,
    definitionHash: 'test',
    input: {},
  });
  return id;
}

/** What the run, its step, its events and its row say that it cost: they must say the same. */
async function spentBy(id: string): Promise<{ tokens: [number, number]; calls: Call[] }> {
  const state = (await services.engine.load(id)) as RunState;
  const { rows } = await services.pool.query<{ data: Partial<{ calls: Call[] }> }>(
    'select data from run_event where run_id = $1 order by seq',
    [id],
  );
  const inEvents = rows.flatMap(({ data }) => data.calls ?? []);
  const calls = state.steps.ask?.calls ?? [];
  expect(inEvents).toEqual(calls);
  const { rows: run } = await services.pool.query<{ i: number; o: number }>(
    'select input_tokens::int as i, output_tokens::int as o from run where id = $1',
    [id],
  );
  const sum = (of: (call: Call) => number) => calls.reduce((all, call) => all + of(call), 0);
  const tokens: [number, number] = [
    sum(({ usage }) => usage.inputTokens),
    sum(({ usage }) => usage.outputTokens),
  ];
  expect([run[0]?.i, run[0]?.o]).toEqual(tokens);
  expect([state.usage.inputTokens, state.usage.outputTokens]).toEqual(tokens);
  return { tokens, calls };
}

async function counted(id: string) {
  const state = await services.engine.load(id);
  return state?.steps.ask?.calls !== undefined && spentBy(id);
}

const schema = '{"type":"object","properties":{"total":{"type":"number"}},"required":["total"]}';

it.each([
  ['misfit', 'output_misfit', [66, 42], { outputSchema: schema }],
  ['refuses', 'model_refused', [11, 7], {}],
  ['breaks', undefined, [33, 21], {}],
])('what the failed calls of %s cost is counted', async (model, code, tokens, more) => {
  const id = await start(plan(model, {}, more));
  const { status, error } = await ended(services, id);
  expect(status).toBe('failed');
  if (code) expect(error).toMatchObject({ code });
  expect((await spentBy(id)).tokens).toEqual(tokens);
});

it('an answer that runs into its time limit costs what came until then', async () => {
  const once = { timeoutMs: 1_000, retry: { attempts: 1, backoffMs: 0, maxBackoffMs: 0 } };
  const id = await start(plan('endless', once));
  expect((await ended(services, id)).error).toMatchObject({ code: 'timed_out' });
  const { tokens, calls } = await eventually('it is counted', () => counted(id));
  expect(tokens[0]).toBeGreaterThan(0);
  expect(tokens[1]).toBe(95);
  expect(calls[0]?.reason).toMatch(/estimate/);
});

it('a cancelled answer costs what came until then, counted after the end of its run', async () => {
  const id = await start(plan('endless'));
  // What has been read is told to whoever watches; a request for it brings it again.
  const written = Promise.withResolvers<void>();
  const stop = await services.bus.subscribe(`run:${id}`, (message) => {
    if (message.kind === 'stream') written.resolve();
  });
  services.bus.publish(`run:${id}`, { kind: 'stream-request' });
  await written.promise;
  stop();
  await services.engine.dispatch(id, { type: 'cancel', by: 'u' });
  const { tokens } = await eventually('it is counted', () => counted(id));
  expect(tokens[1]).toBe(95);
  const state = await services.engine.load(id);
  expect(state).toMatchObject({ status: 'cancelled', steps: { ask: { status: 'cancelled' } } });
});

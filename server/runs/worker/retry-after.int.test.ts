import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { RunEvent } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { serveStreams } from '@/server/models/testing/stream-server';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let server: Awaited<ReturnType<typeof serveStreams>>;
let workspaceId: string;
const asked = new Map<string, number>();

beforeAll(async () => {
  server = await serveStreams((response, { path, body }) => {
    if (path.endsWith('/models')) return void response.end('{"object":"list","data":[]}');
    const chat = path.endsWith('/chat/completions');
    const name = chat ? (JSON.parse(body) as { model: string }).model : path.slice(1);
    const times = (asked.get(name) ?? 0) + 1;
    asked.set(name, times);
    const wait = name.replace(/^\D+/, '');
    if (times === 1) {
      return void response.writeHead(429, { 'retry-after': wait }).end('{"error":"slow down"}');
    }
    if (!chat) return void response.end('later');
    const choices = [{ index: 0, delta: { content: 'Later.' }, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
  });
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${server.port}` });
  services = await createServices(config, 'test');
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

const step = (kind: string, name: string) =>
  kind === 'model'
    ? { model: { provider: 'compatible', model: name }, prompt: 'Say something.' }
    : { method: 'GET', url: `${server.origin}/${name}` };

async function run(kind: string, name: string) {
  const definition = definitionSchema.parse({
    name: 'Ask',
    nodes: [
      {
        ...{ id: 'ask', key: 'ask', type: kind, name: 'Ask', position: { x: 0, y: 0 } },
        config: step(kind, name),
        policy: { retry: { attempts: 2, backoffMs: 0, maxBackoffMs: 0 } },
      },
    ],
    edges: [],
  });
  const { id } = await services.engine.start({
    ...{ workspaceId, name: 'Ask', mode: 'live', trigger: 'manual' },
    ...{ plan: compile(definition, catalogue), definitionHash: 'test', input: {} },
  });
  const state = await ended(services, id);
  const { rows } = await services.pool.query<{ type: RunEvent['type']; at: Date }>(
    'select type, at from run_event where run_id = $1 order by seq',
    [id],
  );
  return { state, events: rows };
}

it.each(['model', 'http'])(
  'no attempt of a %s step is made before the time asked for',
  async (kind) => {
    const { state, events } = await run(kind, `${kind}2`);
    expect(state.status).toBe('succeeded');
    const failed = events.find(({ type }) => type === 'StepRetryScheduled')?.at.getTime() ?? 0;
    const again = events.findLast(({ type }) => type === 'StepStarted')?.at.getTime() ?? 0;
    expect(again - failed).toBeGreaterThanOrEqual(2_000);
    expect(asked.get(`${kind}2`)).toBe(2);
  },
);

it.each(['model', 'http'])(
  'a %s step that should wait too long fails and says until when',
  async (kind) => {
    const { state } = await run(kind, `${kind}86400`);
    expect(state.status).toBe('failed');
    expect(state.steps.ask?.error).toMatchObject({
      retryAfterMs: 86_400_000,
      message: expect.stringMatching(
        /accepts no requests before \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/,
      ),
    });
    expect(asked.get(`${kind}86400`)).toBe(1);
  },
);

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineNode, type NodeContext, type NodeType } from '@/lib/nodes/node-type/define-node';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

/** Steps of this type do not listen: what they do next, they do whatever was said to them. */
const works = new Map<string, (context: NodeContext) => Promise<unknown>>();
const deaf: NodeType = defineNode({
  type: 'deaf',
  kind: 'task',
  title: 'Deaf',
  summary: 'Does not listen.',
  group: 'Flow',
  icon: 'circle',
  config: z.strictObject({ work: z.string() }),
  run: async (context, { work }) => works.get(work)?.(context),
});

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;
let stuck = 0;
/** What came in at the service outside, and which of it was cut before its answer was whole. */
const came: string[] = [];
const cut: string[] = [];
const server = createServer((request, response) => {
  const path = request.url ?? '';
  came.push(path);
  response.once('close', () => {
    if (!response.writableFinished) cut.push(path);
  });
  if (path.endsWith('/chat/completions')) speak(response);
  else if (path !== '/open') response.end('[]');
});

/** A model that writes a word now and then and does not end. */
function speak(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const delta = { choices: [{ index: 0, delta: { content: 'word ' } }] };
  const timer = setInterval(() => response.write(`data: ${JSON.stringify(delta)}\n\n`), 20);
  response.once('close', () => clearInterval(timer));
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1', ENSEMBLE_LEASE_MS: '10000' }),
    'test',
  );
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services, { nodes: { deaf }, onStuck: () => (stuck += 1) });
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  server.closeAllConnections();
  server.close();
});

const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const ask = (context: NodeContext, path: string) =>
  context.http({
    method: 'GET',
    url: `${base()}${path}`,
    headers: {},
    timeoutMs: 60_000,
    maxBytes: 1000,
  });

async function start(work: string, timeoutMs = 60_000) {
  const step = aStep(work, [], { type: 'deaf', config: { work }, timeoutMs });
  const { id } = await services.engine.start({
    workspaceId,
    name: work,
    mode: 'live',
    trigger: 'manual',
    plan: aPlan([step]),
    definitionHash: 'test',
    input: {},
  });
  return id;
}
const cancel = (id: string) => services.engine.dispatch(id, { type: 'cancel', by: 'me' });
const codeOf = (error: unknown) => (error as { code?: unknown }).code;

test('what was given up can ask nothing of the outside, whatever it tries', async () => {
  const aborted = Promise.withResolvers<void>();
  const heard = new Map<string, unknown>();
  let stop = false;
  works.set('looping', async (context) => {
    context.signal.addEventListener('abort', () => aborted.resolve());
    const attempts: Record<string, () => unknown> = {
      http: () => ask(context, '/again'),
      model: () => context.model({ policy: 'auto', messages: [{ role: 'user', content: 'x' }] }),
      agent: () => context.agent('analyst'),
      file: () => context.file('sample:none'),
      children: () => context.children(0),
      notify: () => context.notify({ role: 'owner', text: 'x', key: 'x' }),
      evaluate: () => context.evaluate('1 + 1'),
      render: () => context.render('x'),
    };
    while (!stop) {
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt();
        } catch (error) {
          if (context.signal.aborted) heard.set(name, codeOf(error));
        }
      }
    }
  });
  const id = await start('looping');
  await eventually('some requests came', async () => came.length > 5);
  await cancel(id);
  await aborted.promise;
  const before = came.length;
  await eventually('the worker says that it does not stop', async () => stuck === 1);
  stop = true;
  expect(came.length).toBe(before);
  expect(Object.fromEntries(heard)).toEqual({
    http: 'step_given_up',
    model: 'step_given_up',
    agent: 'step_given_up',
    file: 'step_given_up',
    children: 'step_given_up',
    notify: 'step_given_up',
    evaluate: 'step_given_up',
    render: 'step_given_up',
  });
});

test('an open request is cut, and work that waits for it hears why', async () => {
  const heard = Promise.withResolvers<unknown>();
  works.set('asking', (context) => ask(context, '/open').catch(heard.resolve));
  const id = await start('asking');
  await eventually('the request came', async () => came.includes('/open'));
  await cancel(id);
  expect(codeOf(await heard.promise)).toBe('step_given_up');
  await eventually('the connection was cut', async () => cut.includes('/open'));
});

test('a model that is writing is cut, and what it writes reaches nobody any more', async () => {
  const actor = {
    userId: 'u',
    name: 'Ada',
    email: 'a@b.c',
    role: 'admin',
    workspaceId,
  } as const;
  await putKey(services, actor, {
    params: { provider: 'compatible' },
    query: {},
    body: { key: 'none-at-all', baseUrl: `${base()}/v1` },
  });
  const heard = Promise.withResolvers<unknown>();
  works.set('talking', (context) =>
    context
      .model({
        policy: { provider: 'compatible', model: 'endless' },
        messages: [{ role: 'user', content: 'Go on.' }],
      })
      .catch(heard.resolve),
  );
  const id = await start('talking');
  let words = 0;
  const leave = await services.bus.subscribe(`run:${id}`, (message) => {
    if (message.kind === 'stream') words += 1;
  });
  await eventually('it writes', async () => words > 2);
  await cancel(id);
  expect(codeOf(await heard.promise)).toBe('step_given_up');
  await eventually('the stream was cut', async () => cut.includes('/v1/chat/completions'));
  const before = words;
  await sleep(300);
  expect(words).toBe(before);
  leave();
});

test('a time limit takes the same from it, and work that ends in time is nobody’s trouble', async () => {
  const heard = Promise.withResolvers<unknown>();
  works.set('late', async (context) => {
    await sleep(400);
    await ask(context, '/late').catch(heard.resolve);
  });
  await start('late', 200);
  expect(codeOf(await heard.promise)).toBe('step_given_up');
  await sleep(1000);
  expect(came).not.toContain('/late');
  expect(stuck).toBe(1);
});

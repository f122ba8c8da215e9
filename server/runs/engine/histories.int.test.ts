import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import { toSnapshot } from '@/lib/runs/plan';
import type { RunState } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { answerStep } from '@/server/runs/control/answer-step';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { readEvents, readRun } from '@/server/runs/journal/store';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

/**
 * Real runs of every kind. With `RECORD=1` those that have no history yet are written to `lib/runs/histories`, where
 * a test replays them for ever after. A history is never recorded again: it is how the engine spoke that day.
 */
const recording = process.env.RECORD === '1';
const folder = join(import.meta.dirname, '../../../lib/runs/engine/histories');

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let flaky: Server;
beforeAll(async () => {
  services = await createServices(await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' }), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor', workspaceId };
  worker = await startWorker(services);
  let asked = 0;
  flaky = createServer((_request, response) => {
    asked += 1;
    response.writeHead(asked === 1 ? 503 : 200, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  }).listen(0, '127.0.0.1');
});
afterAll(async () => {
  flaky.close();
  await worker.drain();
  await services.close();
});

type Way = [source: string, target: string, port?: string];
const node = (id: string, type: string, config: object, more: object = {}) => {
  const at = { position: { x: 0, y: 0 } };
  return { id, key: id, type, name: id, config, ...at, ...more };
};
const value = (id: string, expression: string, more: object = {}) =>
  node(id, 'transform', { expression }, more);
const broken = (policy: object = {}) => value('bad', '1 / 0', { policy });

async function start(nodes: object[], ways: Way[] = [], input: object = {}): Promise<string> {
  const edges = ways.map(([source, target, sourcePort = 'out'], i) => ({
    id: `e${i}`,
    ...{ source, target, sourcePort },
  }));
  const definition = definitionSchema.parse({ name: 'History', nodes, edges });
  const { id } = await services.engine.start({
    workspaceId: actor.workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'history',
    input,
  });
  return id;
}
const when = (id: string, is: (state: RunState) => boolean) =>
  eventually('the run gets there', async () => {
    const state = await services.engine.load(id);
    return state && is(state) ? state : undefined;
  });
const waiting = (id: string, stepId: string) =>
  when(id, ({ steps }) => steps[stepId]?.status === 'waiting');
const at = (id: string) => ({ params: { id }, query: {}, body: undefined });

const cases: Record<string, () => Promise<string>> = {
  chain: () =>
    start([value('a', 'input.n + 1'), value('b', 'steps.a.output * 2')], [['a', 'b']], { n: 1 }),
  switch: () =>
    start(
      [
        node('which', 'switch', { cases: [{ id: 'large', condition: 'input.n > 10' }] }),
        value('big', '"big"'),
        value('small', '"small"'),
      ],
      [
        ['which', 'big', 'large'],
        ['which', 'small', 'else'],
      ],
      { n: 3 },
    ),
  retry: () => {
    const url = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}/`;
    const policy = { retry: { attempts: 3, backoffMs: 20, maxBackoffMs: 50 } };
    return start([node('call', 'http', { url }, { policy })]);
  },
  wait: () =>
    start(
      [node('nap', 'delay', { amount: 0.2, unit: 'seconds' }), value('b', '1')],
      [['nap', 'b']],
    ),
  approval: async () => {
    const id = await start(
      [node('ask', 'approval', { question: 'Ship it?' }), value('b', 'steps.ask.output')],
      [['ask', 'b', 'approved']],
    );
    await waiting(id, 'ask');
    await answerStep(services, actor, {
      params: { id, stepId: 'ask' },
      query: {},
      body: { answer: { decision: 'approved', comment: 'Yes.' } },
    });
    return id;
  },
  map: () =>
    start([
      node('each', 'map', { items: '[1, 2, 3]', concurrency: 2 }),
      value('double', 'item * 2', { group: 'each' }),
    ]),
  'error-port': () =>
    start(
      [broken({ onError: 'port' }), value('rescue', 'steps.bad.output.error.code')],
      [['bad', 'rescue', 'error']],
    ),
  handler: () =>
    start([broken(), node('on', 'on-error', {}), value('told', 'error.message')], [['on', 'told']]),
  stop: () =>
    start(
      [
        value('a', '1'),
        node('nap', 'delay', { amount: 1, unit: 'hours' }),
        node('end', 'stop', { result: 'steps.a.output' }),
      ],
      [['a', 'end']],
    ),
  fork: async () => {
    const first = await start([value('a', '1'), broken()], [['a', 'bad']]);
    await when(first, ({ status }) => isEnded(status));
    const settings = { bad: { expression: 'steps.a.output + 1' } };
    const body = { from: [], version: 'same' as const, settings };
    return (await forkRun(services, actor, { ...at(first), body })).id;
  },
  pause: async () => {
    const nap = node('nap', 'delay', { amount: 0.4, unit: 'seconds' });
    const id = await start([nap, value('b', '2')], [['nap', 'b']]);
    await waiting(id, 'nap');
    await services.engine.dispatch(id, { type: 'pause', by: 'Ada' });
    await services.engine.dispatch(id, { type: 'continue', by: 'Ada' });
    return id;
  },
  cancel: async () => {
    const nap = node('nap', 'delay', { amount: 1, unit: 'hours' });
    const id = await start([nap, value('b', '2')], [['nap', 'b']]);
    await waiting(id, 'nap');
    await services.engine.dispatch(id, { type: 'cancel', by: 'Ada' });
    return id;
  },
};

const endings: Record<string, string> = { handler: 'failed', cancel: 'cancelled' };

test.each(Object.keys(cases))('a run of the kind %s ends as it should', async (name) => {
  const id = (await cases[name]?.()) ?? '';
  const end = await when(id, ({ status }) => isEnded(status));
  expect(end.status).toBe(endings[name] ?? 'succeeded');
  const path = join(folder, `${name}.json`);
  if (!recording || existsSync(path)) return;
  const stored = await readRun(services.pool, id);
  if (stored === undefined) throw new Error('This run does not exist.');
  const { plan, mode, input, createdAt } = stored.state;
  const events = await readEvents(services.pool, id, 0, 10_000);
  mkdirSync(folder, { recursive: true });
  const history = { plan, mode, input, createdAt, events, end: toSnapshot(stored.state) };
  writeFileSync(path, `${JSON.stringify(history, undefined, 2)}\n`);
});

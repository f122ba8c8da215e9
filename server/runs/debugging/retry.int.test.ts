import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { forkRun } from './fork-run';

let services: Services;
let worker: Worker;
let actor: Actor;
/** What was asked of the service outside, with the key that came along. */
const asked: { what: string; key: string }[] = [];
/** Paths that it refuses, so many times each. */
const refusing = new Map<string, number>();
const outside = createServer((request, response) => {
  const what = (request.url ?? '').slice(1);
  const key = request.headers['idempotency-key'];
  if (request.method === 'POST') asked.push({ what, key: String(key) });
  const left = refusing.get(what) ?? 0;
  refusing.set(what, left - 1);
  response.writeHead(left > 0 ? 500 : 200);
  response.end(what.startsWith('large') ? 'x'.repeat(200_000) : what);
});
beforeAll(async () => {
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1', ENSEMBLE_LEASE_MS: '30000' }),
    'test',
  );
  actor = await anEditor(services);
  worker = await startWorker(services);
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
});
beforeEach(() => {
  asked.splice(0);
  refusing.clear();
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  outside.closeAllConnections();
  outside.close();
});

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const single = { retry: { attempts: 1 } };
const call = (id: string, path: string, group?: string) => {
  const { port } = outside.address() as AddressInfo;
  const config = { method: 'POST', url: `http://127.0.0.1:${port}/${path}`, body: '{}' };
  return node(id, 'http', config, { policy: single, ...(group ? { group } : {}) });
};
const flow = (nodes: object[], ways: [string, string][] = []): Definition =>
  definitionSchema.parse({
    name: 'Pay',
    nodes,
    edges: ways.map(([source, target], i) => ({ id: `e${i}`, source, target })),
  });
const paying = (name: string, group?: string): [object[], [string, string][]] => [
  [call('pay', `pay-{{ ${name} }}`, group), call('may', `may-{{ ${name} }}`, group)],
  [['pay', 'may']],
];
const each = (policy: object = {}, config: object = {}) => {
  const [inner, ways] = paying('item', 'each');
  const map = { items: '[1, 2, 3, 4]', concurrency: 1, ...config };
  return flow([node('each', 'map', map, { policy }), ...inner], ways);
};
const times = (what: string) => asked.filter((one) => one.what === what);
const keys = (what: string) => new Set(times(what).map(({ key }) => key)).size;

async function run(definition: Definition) {
  const { id } = await services.engine.start({
    ...{ workspaceId: actor.workspaceId, name: 'Pay', mode: 'live', trigger: 'manual' },
    ...{ plan: compile(definition, catalogue), definitionHash: 'test', input: {} },
  });
  return { id, state: await ended(services, id) };
}
async function again(id: string, more: { from?: string[]; settings?: object } = {}) {
  const body = { from: [], settings: {}, version: 'same' as const, ...more };
  const fork = await forkRun(services, actor, { params: { id }, query: {}, body } as never);
  return { id: fork.id, state: await ended(services, fork.id) };
}
async function publish(definition: Definition): Promise<string> {
  const id = randomUUID();
  await services.pool.query(
    `insert into workflow (id, workspace_id, name, live_version) values ($1, $2, 'Inner', 1)`,
    [id, actor.workspaceId],
  );
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, 1, $3, 'h')`,
    [randomUUID(), id, JSON.stringify(definition)],
  );
  return id;
}

type Case = {
  name: string;
  definition: () => Definition | Promise<Definition>;
  /** What is refused the first time. */
  refused: string;
  paid: string[];
  /** What failed by itself may be asked for twice, by one key. */
  twice: string[];
};
const cases: Case[] = [
  {
    name: 'a For each',
    definition: () => each(),
    refused: 'may-3',
    paid: ['pay-1', 'pay-2', 'pay-3', 'pay-4', 'may-1', 'may-2', 'may-4'],
    twice: ['may-3'],
  },
  {
    name: 'a For each, several at a time, the others of which are cut off',
    definition: () => each({}, { concurrency: 4 }),
    refused: 'pay-3',
    paid: [],
    twice: ['pay-3'],
  },
  {
    name: 'a Repeat',
    definition: () => {
      const [inner, ways] = paying('round', 'rounds');
      return flow([node('rounds', 'loop', { condition: 'round == 3' }), ...inner], ways);
    },
    refused: 'may-3',
    paid: ['pay-1', 'pay-2', 'pay-3', 'may-1', 'may-2'],
    twice: ['may-3'],
  },
  {
    name: 'another workflow',
    definition: async () => {
      const workflowId = await publish(flow(...paying('"inner"')));
      return flow([node('inner', 'workflow', { workflowId })]);
    },
    refused: 'may-inner',
    paid: ['pay-inner'],
    twice: ['may-inner'],
  },
  {
    name: 'a For each in a For each',
    definition: () => {
      const [inner, ways] = paying('item', 'inner');
      return flow(
        [
          node('outer', 'map', { items: '[[1, 2], [3, 4]]', concurrency: 1 }),
          node('inner', 'map', { items: 'item', concurrency: 1 }, { group: 'outer' }),
          ...inner,
        ],
        ways,
      );
    },
    refused: 'may-4',
    paid: ['pay-1', 'pay-2', 'pay-3', 'pay-4', 'may-1', 'may-2', 'may-3'],
    twice: ['may-4'],
  },
  {
    name: 'values that are kept apart',
    definition: () =>
      flow(
        [
          node('each', 'map', { items: '[1, 2]', concurrency: 1 }),
          call('large', 'large-{{ item }}', 'each'),
          call('may', 'may-{{ item }}-{{ size(steps.large.output.body) }}', 'each'),
        ],
        [['large', 'may']],
      ),
    refused: 'may-2-200000',
    paid: ['large-1', 'large-2', 'may-1-200000'],
    twice: ['may-2-200000'],
  },
  {
    name: 'a step of the run itself',
    definition: () => flow(...paying('"it"')),
    refused: 'may-it',
    paid: ['pay-it'],
    twice: ['may-it'],
  },
];

test.each(cases)('trying again repeats nothing that ended well: $name', async (one) => {
  refusing.set(one.refused, 2);
  const first = await run(await one.definition());
  expect(first.state.status).toBe('failed');
  // Twice, so that what is reused is reused again.
  const second = await again(first.id);
  expect(second.state.status).toBe('failed');
  const third = await again(second.id);
  expect(third.state).toMatchObject({ status: 'succeeded' });
  expect(one.paid.map((what) => [what, times(what).length])).toEqual(
    one.paid.map((what) => [what, 1]),
  );
  for (const { what } of asked) expect([what, keys(what)]).toEqual([what, 1]);
  for (const what of one.twice) {
    expect([times(what).length, keys(what)]).toEqual([3, 1]);
  }
});

test('a For each that is tried again by its policy does only what did not end well, by the same keys', async () => {
  refusing.set('may-3', 1);
  const retry = { attempts: 2, backoffMs: 1, maxBackoffMs: 1, codes: ['item_failed'] };
  const { state } = await run(each({ retry }));
  expect(state).toMatchObject({ status: 'succeeded', output: { count: 4, failed: 0 } });
  expect(['pay-1', 'pay-2', 'pay-3', 'pay-4'].map((what) => times(what).length)).toEqual([
    1, 1, 2, 1,
  ]);
  expect([keys('pay-3'), keys('may-3')]).toEqual([1, 1]);
});

test('who asks for a step to be done anew gets it done anew, by new keys', async () => {
  const first = await run(each());
  const second = await again(first.id, { from: ['each'] });
  expect(second.state.status).toBe('succeeded');
  expect([times('pay-1').length, keys('pay-1')]).toEqual([2, 2]);
  const other = { each: { items: '[4, 3, 2, 1]' } };
  await again(first.id, { settings: other });
  expect([times('pay-1').length, keys('pay-1')]).toEqual([3, 3]);
});

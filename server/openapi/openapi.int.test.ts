import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { RunMode } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { ended } from '@/server/runs/testing/harness';
import { createService } from './create-service';
import { deleteService } from './delete-service';
import { getOperation } from './find-operation';
import { getService } from './get-service';
import { knownOperations } from './known-operations';
import { listServices } from './list-services';
import { refreshService } from './refresh-service';
import { listServiceOperations, searchOperations } from './search-operations';
import { updateService } from './update-service';

type World = Awaited<ReturnType<typeof openWorld>>;
type Body = Parameters<typeof createService>[2]['body'];
let world: World;
let shop: { url: string; seen: string[]; close(): void; document: string };

beforeAll(async () => {
  world = await openWorld();
  shop = await openShop();
});
afterAll(async () => {
  await world?.close();
  shop?.close();
});

/** A service that describes itself, and answers with what it was asked. */
async function openShop() {
  const seen: string[] = [];
  const server = createServer((incoming, response) => {
    const { method, url, headers } = incoming;
    let body = '';
    incoming.on('data', (part) => {
      body += part;
    });
    incoming.on('end', () => {
      seen.push(JSON.stringify({ method, url, headers, body }));
      if (url === '/openapi.json') {
        response.end(opened.document);
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method, url, who: headers.authorization, body, orders: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const opened = {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () => void server.close(),
    document: '',
  };
  opened.document = documentOf(opened.url, ['listOrders', 'createOrder']);
  return opened;
}

function documentOf(url: string, ids: string[], more: object = {}): string {
  const operations = {
    listOrders: {
      get: {
        ...{ operationId: 'listOrders', summary: 'List orders' },
        parameters: [
          {
            name: 'state',
            in: 'query',
            schema: { type: 'string', enum: ['new', 'paid'] },
            ...more,
          },
        ],
        responses: {},
      },
    },
    createOrder: {
      post: {
        ...{ operationId: 'createOrder', summary: 'Create an order' },
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['item'],
                properties: { item: { type: 'string' }, count: { type: 'integer' } },
              },
            },
          },
        },
        responses: {},
      },
    },
    dropOrder: { delete: { operationId: 'dropOrder', responses: {} } },
  };
  const paths = Object.fromEntries(
    Object.entries(operations)
      .filter(([id]) => ids.includes(id))
      .map(([id, item]) => [`/${id}`, item]),
  );
  return JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop' }, servers: [{ url }], paths });
}

const add = (body: Body, actor = world.ada) =>
  createService(world.services, actor, { ...none, body });
const nowhere = { params: {}, query: {}, body: undefined };

async function run(config: object, mode: RunMode = 'live') {
  const node = {
    id: 'call',
    key: 'call',
    type: 'service',
    name: 'Call',
    position: { x: 0, y: 0 },
    config,
  };
  const plan = compile(
    definitionSchema.parse({ name: 'Calls', nodes: [node], edges: [] }),
    catalogue,
  );
  const { id } = await world.services.engine.start({
    ...{ workspaceId: world.ada.workspaceId, name: 'Calls', mode, trigger: 'manual' },
    ...{ plan, definitionHash: 'h', input: { n: 3 } },
  });
  return (await ended(world.services, id)).steps.call;
}

test('a service comes by its address, is found by its operations, and is of its workspace alone', async () => {
  const made = await add({ url: `${shop.url}/openapi.json` });
  expect(made).toMatchObject({
    name: 'Shop',
    ref: 'Shop',
    serverUrl: shop.url,
    operationCount: 2,
    revision: 1,
  });
  const all = { params: { id: made.id }, query: {}, body: undefined };
  expect(
    (await listServiceOperations(world.services, world.ada, all)).items.map(({ id }) => id),
  ).toEqual(['listOrders', 'createOrder']);
  const found = await searchOperations(world.services, world.ada, {
    ...nowhere,
    query: { q: 'order create' },
  });
  expect(found.items).toMatchObject([{ service: 'Shop', id: 'createOrder', method: 'POST' }]);
  const slack = await searchOperations(world.services, world.ada, {
    ...nowhere,
    query: { q: 'slack send' },
  });
  expect(slack.items[0]).toMatchObject({ service: 'ready:slack', title: 'Send a message' });
  const items = (await listServices(world.services, world.ada)).items;
  expect(items.map(({ ready }) => ready)).toContain(true);
  const one = { ...nowhere, query: { service: 'Shop', operation: 'createOrder' } };
  expect((await getOperation(world.services, world.ada, one)).operation.fields).toMatchObject([
    { key: 'item' },
    { key: 'count' },
  ]);

  await expect(getService(world.services, world.stranger, all)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(deleteService(world.services, world.stranger, all)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(
    refreshService(world.services, world.stranger, { ...all, body: {} }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(getOperation(world.services, world.stranger, one)).rejects.toMatchObject({
    details: { missing: 'service' },
  });
  await expect(add({ document: shop.document })).rejects.toMatchObject({ code: 'conflict' });
  await expect(add({ document: shop.document, name: 'ready:x' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const twice = await Promise.allSettled([
    add({ document: shop.document, name: 'Twice' }),
    add({ document: JSON.parse(shop.document), name: 'Twice' }),
  ]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test.each<[string, Body, string]>([
  ['a private host', { url: 'http://10.0.0.1/openapi.json' }, '10.0.0.1 is a private address'],
  ['an address without the document', { document: 'x: 1' }, 'not an OpenAPI document'],
  [
    'a connection that is not there',
    { url: 'https://a.example/x', connection: 'None' },
    'no connection "None"',
  ],
])('refuses %s', async (_, body, message) => {
  await expect(add(body)).rejects.toThrow(message);
});

test('a step calls an operation as its connection, and nothing it does not know', async () => {
  await add({ document: shop.document, name: 'Orders' });
  const { host } = new URL(shop.url);
  const secret = 'canary-of-orders';
  await world.create(world.ada, {
    ...{
      name: 'Orders',
      kind: 'bearer',
      secret,
      allowedWorkflowIds: null,
      allowedUserIds: null,
      config: { hosts: [host] },
    },
  });
  const row = (name: string, value: string) => ({ id: name, name, value });
  const call = { service: 'Orders', operation: 'createOrder', connection: 'Orders' };
  const done = await run({
    ...call,
    parameters: [row('item', 'tea {{ input.n }}'), row('count', '{{ input.n }}')],
  });
  expect(done).toMatchObject({ status: 'succeeded' });
  const sent = JSON.parse(shop.seen.at(-1) ?? '{}');
  expect(sent).toMatchObject({
    ...{ method: 'POST', url: '/createOrder', body: '{"item":"tea 3","count":3}' },
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': expect.any(String) },
  });
  expect(JSON.stringify(done)).not.toContain(secret);

  const errors = async (config: object) => (await run(config))?.error;
  expect(await errors(call)).toMatchObject({ code: 'invalid_parameter', message: 'Enter "item".' });
  expect(await errors({ ...call, operation: 'gone' })).toMatchObject({ code: 'operation_missing' });
  expect(await errors({ ...call, service: 'Gone' })).toMatchObject({ code: 'service_missing' });
  const before = shop.seen.length;
  const rehearsed = await run({ ...call, parameters: [row('item', 'tea')] }, 'rehearsal');
  expect([rehearsed?.status, shop.seen.length]).toEqual(['succeeded', before]);
});

test('a new description says what changed, keeps the name, and is not lost to an old one', async () => {
  const made = await add({ url: `${shop.url}/openapi.json`, name: 'Changing' });
  const params = { id: made.id };
  const refresh = (query: { check?: 'true' } = {}) =>
    refreshService(world.services, world.ada, { params, query, body: {} });
  expect((await refresh()).changes).toEqual({ same: true, added: [], removed: [], changed: [] });
  shop.document = documentOf(shop.url, ['listOrders', 'dropOrder'], { required: true });
  const changes = {
    same: false,
    added: [{ id: 'dropOrder', title: 'Drop order' }],
    removed: [{ id: 'createOrder', title: 'Create an order' }],
    changed: [{ id: 'listOrders', title: 'List orders' }],
  };
  expect(await refresh({ check: 'true' })).toMatchObject({ changes, service: { revision: 1 } });
  expect(await refresh()).toMatchObject({ changes, service: { revision: 2, name: 'Changing' } });
  shop.document = documentOf(shop.url, ['listOrders', 'createOrder']);
  const both = await Promise.allSettled([refresh(), refresh()]);
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  shop.document = '{"openapi": "3.0.0"';
  await expect(refresh()).rejects.toThrow('This is not JSON: line 1');
  const list = { params, query: {}, body: undefined };
  expect((await listServiceOperations(world.services, world.ada, list)).items).toHaveLength(2);
  const renamed = await updateService(world.services, world.ada, {
    ...{ params, query: {}, body: { name: 'Renamed', serverUrl: 'https://b.example/x/' } },
  });
  expect(renamed).toMatchObject({ name: 'Renamed', serverUrl: 'https://b.example/x' });
});

test('what a workflow calls is known to its check', async () => {
  const node = (id: string, service: string, operation: string) => ({
    ...{ id, key: id, type: 'service', name: id, position: { x: 0, y: 0 } },
    config: { service, operation },
  });
  const nodes = [
    node('a', 'ready:slack', 'post-message'),
    node('b', 'ready:slack', 'gone'),
    node('c', 'Gone', 'x'),
  ];
  const definition = definitionSchema.parse({ name: 'Calls', nodes, edges: [] });
  const known = await knownOperations(world.services, world.ada.workspaceId, definition);
  expect(known.map(({ found }) => [found?.name, found?.operation?.id])).toEqual([
    ['Slack', 'post-message'],
    ['Slack', undefined],
    [undefined, undefined],
  ]);
});

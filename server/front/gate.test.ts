import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '@/server/log';
import { createStrangers } from './anonymous-limit';
import { parseNetworks } from './client-address';
import { createGate } from './gate';

let server: Server | undefined;
let seen: Record<string, string | string[] | undefined>[] = [];
let read = 0;
/** Headers of the last answer. */
let told: Record<string, string | string[] | undefined> = {};

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  seen = [];
  read = 0;
});

/** The gate before a server that notes what comes through; its clock stands still. */
async function open(given: { trustProxy?: string; url?: string } = {}) {
  const strangers = createStrangers(() => 0);
  const config = {
    url: given.url ?? 'https://ensemble.example.com',
    production: true,
    trustProxy: parseNetworks(given.trustProxy ?? '') ?? [],
  };
  const gate = createGate({ config, strangers, log: createLog({ logLevel: 'silent' }, 'test') });
  const opened = createServer((request, response) => {
    if (!gate(request, response)) return;
    seen.push(request.headers);
    request.on('data', (part: Buffer) => {
      read += part.length;
    });
    request.on('end', () => response.end('passed'));
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const { port } = opened.address() as AddressInfo;
  const ask = (
    path: string,
    { method = 'GET', body = '', ...headers }: Record<string, string> = {},
  ) =>
    new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        { port, path, method, headers: { host: 'ensemble.example.com', ...headers } },
        (answer) => {
          answer.resume();
          told = answer.headers;
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return { ask, strangers };
}

test.each([
  ['TRACE', '/', {}, 405],
  ['PROPFIND', '/', {}, 405],
  ['GET', 'http://evil.example/', {}, 404],
  ['GET', '/', { host: 'evil.example' }, 403],
  ['PATCH', '/api/v2/workspace', { host: 'evil.example', origin: 'http://evil.example' }, 403],
  ['POST', '/api/v2/setup', { host: 'evil.example' }, 403],
  ['GET', '/api/v2/me', { host: 'localhost:3000' }, 200],
  ['GET', '/', { host: '127.0.0.1:3000' }, 200],
  ['GET', '/api/health', { host: '10.0.0.7' }, 200],
  ['GET', '/metrics', { host: 'web:3000' }, 200],
])('%s %s %o: %i', async (method, path, headers, status) => {
  const { ask } = await open();
  expect(await ask(path, { method, ...headers })).toBe(status);
});

test('strangers of one address share a budget, whatever they show and wherever they say that they come from', async () => {
  const { ask } = await open();
  const statuses = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      ask('/api/v2/openapi.json', {
        'x-forwarded-for': `198.51.100.${index % 250}`,
        'x-ensemble-address': `198.51.100.${index % 250}`,
        cookie: `ensemble.session_token=made-up-${index}.x`,
        authorization: `Bearer ens_made-up-${index}`,
      }),
    ),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(300);
  expect(statuses.filter((status) => status === 429)).toHaveLength(200);
  expect(new Set(seen.map((headers) => headers['x-ensemble-address']))).toEqual(
    new Set(['127.0.0.1']),
  );
  expect(seen.every((headers) => headers['x-ensemble-forwarded'] === '1')).toBe(true);
});

test('behind a proxy of ours each address has its own budget, a /64 one together', async () => {
  const { ask } = await open({ trustProxy: 'loopback' });
  const from = (address: string) => ask('/api/v2/openapi.json', { 'x-forwarded-for': address });
  const flood = await Promise.all(
    Array.from({ length: 310 }, (_, index) => from(`2001:db8::${index.toString(16)}`)),
  );
  expect(flood.filter((status) => status === 429)).toHaveLength(10);
  expect(await from('2001:db8:0:1::1')).toBe(200);
  expect(await from('198.51.100.1')).toBe(200);
});

test('a session or key that was recognised is not counted; files of the build are not either', async () => {
  const { ask, strangers } = await open();
  strangers.know({ cookie: 'a=b; ensemble.session_token=good.x', authorization: undefined });
  strangers.know({ cookie: undefined, authorization: 'Bearer good' });
  await Promise.all(Array.from({ length: 400 }, () => ask('/api/v2/me')));
  expect(await ask('/api/v2/me')).toBe(429);
  expect(await ask('/api/v2/me', { cookie: 'ensemble.session_token=good.x' })).toBe(200);
  expect(await ask('/api/v2/me', { authorization: 'Bearer good' })).toBe(200);
  expect(await ask('/api/v2/me', { cookie: 'ensemble.session_token=good.y' })).toBe(429);
  expect(await ask('/_next/static/chunks/a.js')).toBe(200);
});

test('a body beyond the budget is not handed on', async () => {
  const { ask } = await open();
  const body = 'x'.repeat(10_000);
  const statuses = await Promise.all(
    Array.from({ length: 450 }, () =>
      ask('/api/v2/hooks/00000000-0000-4000-8000-000000000000', { method: 'POST', body }),
    ),
  );
  expect(statuses.filter((status) => status === 429)).toHaveLength(50);
  expect(read).toBe(400 * body.length);
});

test('browsers are told to stay with https where people open the product by it, and nowhere else', async () => {
  const header = 'strict-transport-security';
  const secure = await open();
  for (const path of ['/', '/api/v2/me', '/nothing']) {
    await secure.ask(path);
    expect(told[header], path).toBe('max-age=31536000');
  }
  expect(await secure.ask('/', { host: 'evil.example' })).toBe(403);
  expect(told[header]).toBe('max-age=31536000');
  server?.closeAllConnections();
  server?.close();
  // What a request says of its way changes nothing.
  const plain = await open({ url: 'http://ensemble.example.com', trustProxy: 'loopback' });
  for (const proto of ['http', 'https']) {
    expect(await plain.ask('/', { 'x-forwarded-proto': proto })).toBe(200);
    expect(told[header]).toBeUndefined();
  }
});

test('lets a browser run nothing of what a webhook answers', async () => {
  const { ask } = await open();
  await ask('/workflows');
  expect(told['content-security-policy']).toMatch(/^default-src 'self'; script-src 'self' 'nonce-/);
  for (const path of ['/api/v2/hooks/1', '/api/v2/hooks/1/secret?a=1']) {
    await ask(path, { method: 'POST' });
    expect(told['content-security-policy']).toMatch(/^sandbox; default-src 'none';/);
  }
});

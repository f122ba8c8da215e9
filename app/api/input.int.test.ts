import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
});
afterAll(() => services?.close());

const rename = (options: Parameters<typeof ask>[3]) =>
  ask('PATCH', '/api/v2/workspace', owner.headers, options);
const workspaceName = async () =>
  (await services.prisma.organization.findUniqueOrThrow({ where: { id: owner.workspaceId } })).name;

function endless(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
  });
}

describe('a bad body gets a reason and changes nothing', () => {
  const deep = `{"name":${'['.repeat(40)}${']'.repeat(40)}}`;
  test.each<[string, Parameters<typeof ask>[3], number, string]>([
    ['no JSON', { raw: '{"name": "x",}' }, 400, 'line 1, column 14'],
    ['cut off', { raw: '{"name": "x"\n' }, 400, 'line 2, column 1'],
    [
      'large and broken: told without looking for the place',
      { raw: `{"name":"${'x'.repeat(70_000)}",}` },
      400,
      'The body is not JSON.',
    ],
    ['one name twice', { raw: '{"name":"x","name":"y"}' }, 400, 'line 1, column 13'],
    ['empty', {}, 400, 'body'],
    ['no object', { raw: '[]' }, 400, 'body'],
    ['null', { raw: 'null' }, 400, 'body'],
    ['unknown field', { body: { name: 'x', owner: 'me' } }, 400, 'body.owner: unknown field'],
    ['wrong type', { body: { name: 7 } }, 400, 'body.name'],
    ['too long', { body: { name: 'x'.repeat(101) } }, 400, 'body.name'],
    ['too deep', { raw: deep }, 400, 'deeper than 32'],
    [
      '__proto__',
      { raw: '{"__proto__":{"name":"x"},"name":"y"}' },
      400,
      '__proto__ is not allowed',
    ],
    ['constructor', { body: { name: 'x', constructor: 1 } }, 400, 'constructor is not allowed'],
    ['NUL', { raw: '{"name":"a\\u0000b"}' }, 400, 'NUL'],
    ['half a surrogate pair', { raw: '{"name":"\\ud800"}' }, 400, 'surrogate'],
    ['not UTF-8', { raw: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }, 400, 'UTF-8'],
    [
      'form',
      { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'application/json',
    ],
    [
      'text',
      { raw: '{"name":"x"}', headers: { 'content-type': 'text/plain' } },
      415,
      'application/json',
    ],
    [
      'UTF-16',
      { raw: '{"name":"x"}', headers: { 'content-type': 'application/json; charset=utf-16' } },
      415,
      'UTF-8',
    ],
    ['too large', { body: { name: 'x'.repeat(1_100_000) } }, 413, '1048576'],
    [
      'announced too large',
      { raw: '{}', headers: { 'content-length': '999999999' } },
      413,
      '1048576',
    ],
    ['endless', { raw: endless() }, 413, '1048576'],
  ])('%s', async (_name, options, status, message) => {
    const answer = await rename(options);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body.error.message).toContain(message);
    expect(await workspaceName()).toBe('Acme');
  });
});

test('media types with parameters and in other cases are taken', async () => {
  const headers = { 'content-type': 'Application/JSON; charset=UTF-8' };
  expect((await rename({ raw: '{"name":"Acme"}', headers })).status).toBe(200);
});

test.each([
  ['?limit=0', 'query.limit'],
  ['?limit=many', 'query.limit'],
  ['?limit=1&limit=2', 'given twice'],
  ['?surprise=1', 'query.surprise: unknown field'],
  ['?cursor=%00', 'NUL'],
  ['?cursor=abc', 'cursor'],
])('query %s is refused', async (query, message) => {
  const answer = await ask('GET', `/api/v2/audit${query}`, owner.headers);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ code: 'invalid_input' });
  expect(answer.body.error.message).toContain(message);
});

test('a name in an address that can be none says what can stand there', async () => {
  const answer = await ask('GET', '/api/v2/memory/notes/a', owner.headers);
  expect(answer.status).toBe(404);
  expect(answer.body.error.message).toContain('“space” names no space: use workspace');
});

test('addresses and methods that are not there say so in JSON', async () => {
  for (const path of ['/api/v2/nothing', '/api/nothing', '/api/v2', '/api/auth/nothing']) {
    const answer = await ask('GET', path, owner.headers);
    expect([answer.status, answer.body.error?.code], path).toEqual([404, 'not_found']);
  }
  const answer = await ask('DELETE', '/api/v2/workspace', owner.headers);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, PATCH');
  expect(answer.body.error.code).toBe('method_not_allowed');
});

test.each([
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['an opaque origin', { origin: 'null' }],
  ['a like-named origin', { origin: 'http://localhost:3000.evil.example' }],
  ['no origin, but another site', { 'sec-fetch-site': 'cross-site' }],
  ['no origin, but another host of the site', { 'sec-fetch-site': 'same-site' }],
])('a change with a cookie from %s is refused', async (_name, headers) => {
  const { cookie = '' } = owner.headers;
  const change = (more: Record<string, string>) =>
    ask('PATCH', '/api/v2/workspace', { cookie, ...more }, { body: { name: 'Evil' } });
  expect((await change(headers)).body.error.code).toBe('forbidden');
  expect(await workspaceName()).toBe('Acme');
  const read = await ask('GET', '/api/v2/workspace', { cookie, ...headers });
  expect(read.status).toBe(200);
});

test('a foreign page can neither sign in nor set up', async () => {
  const headers = { origin: 'https://evil.example' };
  const signIn = await ask('POST', '/api/auth/sign-in/email', headers, {
    body: { email: owner.email, password: 'correct horse battery' },
  });
  expect(signIn.status).toBe(403);
  expect((await ask('POST', '/api/v2/setup', headers, { body: {} })).status).toBe(403);
});

test('what goes wrong inside is told with an id and nothing else', async () => {
  const logged: unknown[] = [];
  const broken = {
    ...services,
    log: Object.assign(Object.create(services.log), {
      error: (line: unknown) => logged.push(line),
    }),
    prisma: new Proxy(services.prisma, {
      get: (target, name) => {
        if (name === 'audit') throw new Error('secret detail of the database');
        return Reflect.get(target, name);
      },
    }),
  };
  const { shareServices } = await import('@/server/services');
  shareServices(broken);
  try {
    const answer = await ask('GET', '/api/v2/audit', owner.headers);
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe('internal');
    expect(JSON.stringify(answer.body)).not.toContain('secret detail');
    expect(logged).toEqual([expect.objectContaining({ id: answer.body.error.details.id })]);
  } finally {
    shareServices(services);
  }
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorld } from '@/server/connections/testing/world';
import { readWorkspaceFile } from '../resources';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
/** Numbers of pages that fail once with this status. */
let failing: Map<number, number>;

const size = 2;
const pages = [[1, 2], [3, 4], [5]];

beforeAll(async () => {
  world = await openWorld();
  world.outside.bound.answer = answer;
});
afterAll(() => world?.close());
beforeEach(() => {
  failing = new Map();
});

/** A list of five numbers in pages of two, in each way in which servers lead to the next. */
function answer(incoming: IncomingMessage, response: ServerResponse): void {
  const at = new URL(incoming.url ?? '', world.url());
  const query = at.searchParams;
  const said = query.get('page') ?? query.get('after');
  const offset = query.get('offset');
  const page = offset === null ? Number(said ?? 1) : Number(offset) / size + 1;
  const status = failing.get(page);
  failing.delete(page);
  if (status !== undefined) {
    response.writeHead(status, { 'retry-after': '0' }).end('not now');
    return;
  }
  const data = pages[page - 1] ?? [];
  const more = page < pages.length;
  const other = at.pathname === '/elsewhere' ? `http://${world.outside.other.host}` : at.origin;
  const next = more ? `${other}${at.pathname}?page=${page + 1}` : null;
  if (at.pathname === '/link' && more)
    response.setHeader('link', `<${next}>; rel="next", <x>; rel="last"`);
  if (at.pathname === '/file') {
    response.setHeader('content-type', 'image/png');
    response.setHeader('content-disposition', `attachment; filename="../../cat.png"`);
    response.end(
      Buffer.from([137, 80, 0, 255, ...Buffer.from(String(incoming.headers.authorization ?? ''))]),
    );
    return;
  }
  response.setHeader('content-type', 'application/json');
  const same = at.pathname === '/same' ? `${at.origin}/same` : next;
  response.end(
    JSON.stringify(
      at.pathname === '/list' ? data : { data, next: same, cursor: more ? page + 1 : null, more },
    ),
  );
}

const get = (path: string, config: object) =>
  world.run({ url: world.url(path), expect: '2xx', ...config });

test.each<[string, string, object]>([
  ['Link header', '/link', { paging: 'link' }],
  [
    'address in the body',
    '/url',
    { paging: 'url', nextPage: 'response.body.next', items: 'response.body.data' },
  ],
  [
    'cursor',
    '/cursor',
    { paging: 'cursor', nextPage: 'response.body.cursor', pageParameter: 'after' },
  ],
  ['page number', '/list', { paging: 'page' }],
  ['full pages', '/list', { paging: 'page', pageSize: 2 }],
  ['offset', '/list', { paging: 'offset', pageSize: 2 }],
  ['a rule', '/page', { paging: 'page', stopWhen: '!response.body.more' }],
])('reads all pages by %s', async (name, path, config) => {
  const { step, sent } = await get(path, config);
  expect(step).toMatchObject({
    status: 'succeeded',
    output: { body: [1, 2, 3, 4, 5], more: false },
  });
  // Without a size, only an empty page shows that the one before was the last.
  expect(sent.length).toBe(name === 'page number' ? 4 : 3);
});

test.each<[string, object, number[], number]>([
  ['pages', { maxPages: 2 }, [1, 2, 3, 4], 2],
  ['items', { maxItems: 3 }, [1, 2, 3], 2],
])('stops after the most %s, and says so', async (_, config, body, asked) => {
  const { step, sent } = await get('/url', {
    paging: 'url',
    nextPage: 'response.body.next',
    ...config,
  });
  expect(step).toMatchObject({ status: 'succeeded', output: { body, more: true } });
  expect([sent.length, step?.reason]).toEqual([
    asked,
    expect.stringContaining('There may be more'),
  ]);
});

test.each<[string, string, object, string, string]>([
  [
    'a page that fails',
    '/url',
    { paging: 'url', nextPage: 'response.body.next' },
    'http_status',
    'Page 2: The server responded with 404',
  ],
  [
    'another server',
    '/elsewhere',
    { paging: 'url', nextPage: 'response.body.next' },
    'invalid_url',
    'is on another server',
  ],
  [
    'the same page again',
    '/same',
    { paging: 'url', nextPage: 'response.body.next' },
    'paging_loop',
    'Before it, 2 items of 1 page came',
  ],
  [
    'no items',
    '/url',
    { paging: 'page', items: 'response.body.next' },
    'no_items',
    '"Items" gives no list',
  ],
  ['no way on', '/url', { paging: 'cursor' }, 'no_items', 'Enter under "Next page"'],
])('%s is told with its page', async (name, path, config, code, message) => {
  if (name === 'a page that fails') failing.set(2, 404);
  const { error, sent } = await get(path, config);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(sent.every(({ server }) => server === 'bound')).toBe(true);
});

test('a status that is named is tried again, another is not', async () => {
  const policy = { retry: { attempts: 2, backoffMs: 0, maxBackoffMs: 0 } };
  const once = async (status: number) => {
    failing.set(1, status);
    const { step } = await world.run(
      { url: world.url('/list'), expect: '2xx', retryOn: '404' },
      { policy },
    );
    return step?.status;
  };
  expect([await once(404), await once(503)]).toEqual(['succeeded', 'failed']);
});

test('a response is kept as a file, without the secret that it repeats', async () => {
  const secret = 'canary-in-a-file';
  await world.create(world.ada, world.bearer('File', secret));
  const { step } = await get('/file', { response: 'file', connection: 'File' });
  const body = step?.output;
  expect(body).toMatchObject({
    body: { name: 'cat.png', mediaType: 'image/png', id: expect.any(String) },
  });
  const { id } = (body as { body: { id: string } }).body;
  const file = await readWorkspaceFile(world.services.pool, world.ada.workspaceId, id);
  expect([...file.bytes.subarray(0, 4)]).toEqual([137, 80, 0, 255]);
  expect(Buffer.from(file.bytes).toString('latin1')).toContain('Bearer [secret]');
  expect(Buffer.from(file.bytes).toString('latin1')).not.toContain(secret);
  await expect(
    readWorkspaceFile(world.services.pool, world.stranger.workspaceId, id),
  ).rejects.toMatchObject({
    code: 'file_not_found',
  });
});

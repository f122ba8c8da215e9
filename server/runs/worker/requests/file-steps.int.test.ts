import type { IncomingMessage, ServerResponse } from 'node:http';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import { openWorld } from '@/server/connections/testing/world';
import { readWorkspaceFile } from '../resources';
import { saveFile } from './save-file';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
let answer: (incoming: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());
beforeEach(() => {
  world.outside.bound.answer = (incoming, response) => answer(incoming, response);
});

const feed = (more = '') =>
  Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Gr\xfc\xdfe</title>
    <item><guid>1</guid><title>One</title><pubDate>Sat, 14 Mar 2026 10:00:00 GMT</pubDate></item>
    <item><guid>2</guid><title>Two</title><pubDate>Sat, 14 Mar 2020 10:00:00 GMT</pubDate></item>${more}</channel></rss>`,
    'latin1',
  );
const sending = (body: Buffer | string, status = 200) => {
  answer = (_, response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
};
const rss = (config: object = {}, more: Parameters<World['run']>[1] = {}) =>
  world.run({ url: world.url('/feed'), ...config }, { type: 'rss', ...more });
const write = (config: object, more: Parameters<World['run']>[1] = {}) =>
  world.run(config, { type: 'write-file', ...more });
const textIn = (value: unknown) => (typeof value === 'string' ? value : '');
async function written(run: Awaited<ReturnType<typeof write>>) {
  expect(run.error).toBeUndefined();
  const id = textIn(at(run.step?.output, 'id'));
  return readWorkspaceFile(world.services.pool, world.ada.workspaceId, id);
}

test('a feed is read with its own encoding, so many items and whole content where it is wanted', async () => {
  sending(feed('<item><guid>3</guid><description>&lt;b&gt;x&lt;/b&gt;</description></item>'));
  const { step, sent } = await rss({ most: 2 });
  expect(step).toMatchObject({
    status: 'succeeded',
    reason: 'Took 2 of 3 items.',
    output: {
      ...{ title: 'Grüße', rowCount: 2 },
      rows: [{ id: '1', title: 'One', date: '2026-03-14T10:00:00Z' }, { id: '2' }],
    },
  });
  expect(sent[0]?.headers.accept).toContain('application/atom+xml');
  const whole = await rss({ content: true, hours: 1 });
  expect(whole.step?.output).toMatchObject({ rows: [{ id: '3', content: '<b>x</b>' }] });
  expect(whole.step?.reason).toContain('Those without a date are among them.');
});

test('what is no feed fails with a reason, what may do later is tried again, private feeds need a connection', async () => {
  sending('<html></html>');
  const wrong = await rss();
  expect(wrong.error).toMatchObject({ code: 'no_feed', retryable: false });
  sending('busy', 503);
  const policy = { retry: { attempts: 2, backoffMs: 0, maxBackoffMs: 0 } };
  expect((await rss({}, { policy })).sent).toHaveLength(2);
  await world.create(world.ada, world.bearer('Feed', 'canary-feed'));
  sending(feed());
  const own = await rss({ connection: 'Feed' });
  expect(own.sent[0]?.headers.authorization).toBe('Bearer canary-feed');
  expect(JSON.stringify(own.state)).not.toContain('canary-feed');
  const rehearsed = await rss({ connection: 'Feed' }, { mode: 'rehearsal' });
  expect([rehearsed.sent, at(rehearsed.step?.output, 'rehearsed')]).toEqual([[], true]);
});

test('a page is read on a thread; a hostile one fails with its reason, and the worker goes on', async () => {
  const extract = (html: string, selector: string) =>
    world.run(
      { html: 'input.html', selector, fields: [{ id: 'a', name: 't' }], none: 'fail' },
      { type: 'extract-html', input: { html } },
    );
  const found = await extract('<p>One<p>Two', 'p');
  expect(found.step?.output).toEqual({ rows: [{ t: 'One' }, { t: 'Two' }], rowCount: 2 });
  expect((await extract('<p>', '.gone')).error).toMatchObject({ code: 'nothing_found' });
  const hostile = await extract('<div>'.repeat(10_000), 'p');
  expect(hostile.error).toMatchObject({ code: 'no_html', retryable: false });
  expect((await extract('<p>One', 'p')).state.status).toBe('succeeded');
});

test.each([
  ['text', { content: 'Größe {{ input.n }}' }, 'text/plain', 'Größe 3'],
  ['markdown', { content: '# {{ input.n }}' }, 'text/markdown', '# 3'],
  ['json', { rows: 'input.rows', indent: false }, 'application/json', '[{"a":"=1+1","b":2}]'],
  ['csv', { rows: 'input.rows' }, 'text/csv', "\ufeffa,b\r\n'=1+1,2\r\n"],
  [
    'csv',
    { rows: 'input.rows', protect: false, mark: false, fields: [{ id: 'f', field: 'b' }] },
    'text/csv',
    'b\r\n2\r\n',
  ],
])('writes %s that later steps read', async (format, config, mediaType, text) => {
  const input = { n: 3, rows: [{ a: '=1+1', b: 2 }] };
  const run = await write({ name: 'a/b: {{ input.n }}', format, ...config }, { input });
  const file = await written(run);
  expect([
    file.mediaType,
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes),
  ]).toEqual([...[mediaType, text]]);
  expect(file.name).toMatch(/^b- 3\.(?:txt|md|json|csv)$/);
});

test('a workbook is read again as it was written, in a rehearsal as well', async () => {
  const input = { rows: [{ code: '007', day: '2026-05-01', sum: 1.5 }] };
  const config = { name: 'May', format: 'xlsx', rows: 'input.rows', sheet: 'May' };
  const run = await write(config, { input, mode: 'rehearsal' });
  const file = await written(run);
  expect(strFromU8(unzipSync(file.bytes)['xl/workbook.xml'] ?? new Uint8Array())).toContain(
    'name="May"',
  );
  const read = await world.run({ file: at(run.step?.output, 'id') }, { type: 'read-file' });
  expect(read.step?.output).toMatchObject({ sheet: 'May', rows: input.rows });
});

test('a step that is done again after its worker was lost replaces its file, in its run alone', async () => {
  const { pool, config } = world.services;
  const run = await write({ name: 'once', content: 'first' });
  const { workspaceId } = world.ada;
  const task = { workspaceId, runId: run.id, step: { id: 'call' } };
  const count = async () =>
    (
      await pool.query('select 1 from file where workspace_id = $1 and name like $2', [
        workspaceId,
        'once%',
      ])
    ).rowCount;
  expect(await count()).toBe(1);
  const bytes = new TextEncoder().encode('second');
  const again = await Promise.all(
    [1, 2].map(() =>
      saveFile(
        { pool, config },
        task,
        { name: 'once.txt', mediaType: 'text/plain', bytes },
        'file',
      ),
    ),
  );
  expect(new Set([at(run.step?.output, 'id'), ...again.map(({ id }) => id)]).size).toBe(1);
  expect(await count()).toBe(1);
  expect(new TextDecoder().decode((await written(run)).bytes)).toBe('second');
  await write({ name: 'once', content: 'other run' });
  expect(await count()).toBe(2);
  const audited = await pool.query(
    `select count(*)::int as n from audit where workspace_id = $1 and action = 'file.received' and subject_id = $2`,
    [workspaceId, again[0]?.id],
  );
  expect(audited.rows[0]).toEqual({ n: 1 });
});

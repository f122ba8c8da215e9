import type { ServerResponse } from 'node:http';
import type { McpServer } from '@modelcontextprotocol/server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '@/lib/people/schema';
import { acceptMcpServer } from './accept-drift';
import { callMcp } from './call-mcp';
import { getMcpServer } from './get-server';
import { sendJson, type TestServer } from './testing/mcp-server';
import { one, openMcpWorld } from './testing/mcp-world';
import { openSessionServer, type SessionServer } from './testing/session-server';

let mcp: Awaited<ReturnType<typeof openMcpWorld>>;
let sessions: SessionServer;
/** The server with sessions, and another one beside it that nothing may harm. */
let there = '';
let beside = '';
let ada: Actor;
const aborted: string[] = [];
let begun: PromiseWithResolvers<void>;
let ended: PromiseWithResolvers<void>;

/** Tools, and the other things that a server may offer, which nothing here asks for. */
const everything = (server: McpServer) => {
  const text = (said: string) => ({ content: [{ type: 'text' as const, text: said }] });
  const adds = server.registerTool(
    'add',
    {
      description: 'Adds.',
      inputSchema: z.object({ a: z.number(), b: z.number() }),
      outputSchema: z.object({ sum: z.number() }),
    },
    async ({ a, b }) => ({ ...text(`{"sum":${a + b}}`), structuredContent: { sum: a + b } }),
  );
  server.registerTool('steps', { description: 'Takes steps.' }, async (context) => {
    for (let step = 1; step <= 30; step += 1) {
      await context.mcpReq.notify({
        method: 'notifications/message',
        params: { level: 'info', data: `step ${step}` },
      });
    }
    return text('Took 30 steps.');
  });
  server.registerTool('wait', { description: 'Waits.' }, async (context) => {
    begun.resolve();
    await new Promise<void>((resolve) => {
      context.mcpReq.signal.addEventListener('abort', () => {
        aborted.push('wait');
        ended.resolve();
        resolve();
      });
    });
    return text('Too late.');
  });
  server.registerTool('change', { description: 'Changes its tools.' }, async (context) => {
    sessions.build = changed;
    adds.update({ description: 'Adds, and tells everybody.' });
    await context.mcpReq.notify({ method: 'notifications/tools/list_changed' });
    return text('Changed.');
  });
  server.registerResource('readme', 'demo://readme', {}, async () => ({
    contents: [{ uri: 'demo://readme', text: 'Read me.' }],
  }));
  server.registerPrompt('greet', {}, async () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Hello.' } }],
  }));
};
const changed = (server: McpServer) => {
  server.registerTool('add', { description: 'Adds, and tells everybody.' }, async () => ({
    content: [{ type: 'text', text: 'Told.' }],
  }));
};

beforeAll(async () => {
  mcp = await openMcpWorld();
  ada = mcp.ada;
  sessions = await openSessionServer(everything);
  there = (await mcp.add(ada, { name: 'There', url: sessions.url })).id;
  beside = (await mcp.add(ada, { name: 'Beside' })).id;
});
afterEach(async () => {
  Object.assign(sessions, { instead: () => false, build: everything, seen: [] });
  await mcp.refresh(ada, there);
  await accept();
  sessions.seen = [];
});
afterAll(async () => {
  await sessions?.close();
  await mcp?.close();
});

async function accept() {
  const { drift } = await getMcpServer(mcp.services, ada, one(there));
  if (drift !== null)
    await acceptMcpServer(mcp.services, ada, { ...one(there), body: { print: drift.print } });
}

const call = (tool: string, args = {}, server = there, signal = new AbortController().signal) =>
  callMcp(
    mcp.services,
    { workspaceId: ada.workspaceId, workflowId: null, userId: ada.userId, signal, record: {} },
    { server, tool, args },
  );
const add = (server = there) => call('add', { a: 2, b: 3 }, server);
const says = (error: unknown) => (error instanceof Error ? error.message : String(error));
const made = () => sessions.seen.filter(({ method }) => method === 'tools/call').length;
const age = () =>
  mcp.services.pool.query(
    `update mcp_server set listed_at = now() - interval '2 hours' where id = $1`,
    [there],
  );

test('a proper server with sessions: structured content, messages on the way, nothing left behind', async () => {
  sessions.seen = [];
  expect(await getMcpServer(mcp.services, ada, one(there))).toMatchObject({
    ...{ title: 'sessions', version: '2.0.0', protocol: '2025-11-25', toolCount: 4 },
  });
  expect(await add()).toMatchObject({ structured: { sum: 5 }, failed: false });
  expect(await call('steps')).toMatchObject({ content: [{ text: 'Took 30 steps.' }] });
  // Each call is a session, which is ended.
  const ends = sessions.seen.filter(({ method }) => method === 'DELETE').length;
  expect([ends, made()]).toEqual([2, 2]);
  const wrong = await call('add', { a: 'two' });
  expect(wrong.failed).toBe(true);
});

test.each(['2025-06-18', '2025-03-26'])('a server that speaks %s alone', async (version) => {
  sessions.instead = (rpc, response) =>
    rpc.method === 'initialize' &&
    sendJson(
      response,
      {
        ...{ jsonrpc: '2.0', id: rpc.id },
        result: {
          protocolVersion: version,
          capabilities: { tools: {} },
          serverInfo: { name: 'old', version: '1' },
        },
      },
      {},
    );
  const plain = sessions.instead;
  sessions.instead = (rpc, response, incoming) => {
    if (plain(rpc, response, incoming)) return true;
    if (rpc.method !== 'tools/call') return void response.writeHead(202).end() === undefined;
    expect(rpc.headers['mcp-protocol-version']).toBe(version);
    return sendJson(response, {
      ...{ jsonrpc: '2.0', id: rpc.id },
      result: { content: [{ type: 'text', text: version }] },
    });
  };
  expect(await add()).toMatchObject({ content: [{ text: version }] });
});

test('a call that is given up is cancelled at the server', async () => {
  begun = Promise.withResolvers();
  ended = Promise.withResolvers();
  const controller = new AbortController();
  const given = call('wait', {}, there, controller.signal).catch((error: unknown) => error);
  await begun.promise;
  controller.abort(new Error('given up'));
  expect(says(await given)).toBe('given up');
  await ended.promise;
  expect(aborted).toEqual(['wait']);
});

test('a forgotten session is begun once more, and no third time', async () => {
  sessions.instead = (rpc) => {
    if (rpc.method === 'tools/call') sessions.forget();
    return false;
  };
  const error = await add().catch((problem: unknown) => problem);
  expect(says(error)).toBe(
    'There has no MCP at this address (status 404). Check the address: it often ends in /mcp.',
  );
  expect(made()).toBe(2);
  let lost = 0;
  sessions.instead = (rpc) => {
    if (rpc.method === 'tools/call') {
      lost += 1;
      if (lost === 1) sessions.forget();
    }
    return false;
  };
  expect(await add()).toMatchObject({ structured: { sum: 5 } });
});

test('a server that was asked long ago is asked before a call, and what it changed is not called', async () => {
  await age();
  expect(await add()).toMatchObject({ structured: { sum: 5 } });
  expect(sessions.seen.filter(({ method }) => method === 'tools/list')).toHaveLength(1);
  await add();
  expect(sessions.seen.filter(({ method }) => method === 'tools/list')).toHaveLength(1);
  await age();
  sessions.build = changed;
  const before = made();
  const both = await Promise.all([add().catch(says), add().catch(says)]);
  expect(both.map(String)).toEqual(
    both.map(
      () =>
        'There has changed it. It is held back until somebody accepts the change in Settings → MCP servers.',
    ),
  );
  expect(made()).toBe(before);
  const { rows } = await mcp.services.pool.query<{ count: number }>(
    `select count(*)::int as count from audit where action = 'mcp_server.drifted' and subject_id = $1`,
    [there],
  );
  expect(rows[0]?.count).toBe(1);
});

test('a server that says it has other tools is asked at once; a tool that it does not know is gone', async () => {
  expect(await call('change')).toMatchObject({ content: [{ text: 'Changed.' }] });
  expect(says(await add().catch((error: unknown) => error))).toContain('There has changed it.');
  sessions.build = everything;
  await mcp.refresh(ada, there);
  sessions.build = changed;
  const gone = await call('steps').catch((error: unknown) => error);
  expect(says(gone)).toBe('There does not have it any more.');
  expect(gone).toMatchObject({ noEffect: true });
});

const instead =
  (answer: (response: ServerResponse, id: unknown) => void): TestServer['instead'] =>
  (rpc, response) => {
    if (rpc.method !== 'tools/call') return false;
    answer(response, rpc.id);
    return true;
  };
const json = (value: (id: unknown) => unknown) =>
  instead((response, id) => void sendJson(response, value(id)));
const stream = (...events: ((id: unknown) => unknown)[]) =>
  instead((response, id) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`data: ${JSON.stringify(event(id))}\n\n`);
    response.end();
  });
const result = (id: unknown, value: unknown) => ({ jsonrpc: '2.0', id, result: value });
const text = { content: [{ type: 'text', text: 'x' }] };

/** What a server may answer to a call, and the beginning of what is said of it. */
const odd: [string, TestServer['instead'], string][] = [
  [
    'another id',
    json((id) => result(`${id}x`, text)),
    'There ended its response without an answer',
  ],
  [
    'another id in a stream',
    stream((id) => result(`${id}x`, text)),
    'There ended its response without an answer',
  ],
  ['a stream that ends at once', stream(), 'There ended its response without an answer'],
  [
    'a stream that ends after a message',
    stream(() => ({ jsonrpc: '2.0', method: 'notifications/message', params: {} })),
    'There ',
  ],
  [
    'HTML',
    instead((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    }),
    'There responded with text/html instead of MCP.',
  ],
  [
    '10 MB',
    json((id) => result(id, { content: [{ type: 'text', text: 'x'.repeat(10_485_760) }] })),
    '',
  ],
  ['no content', json((id) => result(id, { content: 'x' })), 'There '],
  ['nothing', json((id) => result(id, null)), 'There '],
  ['a number', json(() => 7), 'There '],
  [
    'an error without words',
    json((id) => ({ jsonrpc: '2.0', id, error: { code: -32_000, message: '' } })),
    'There says: no reason was given',
  ],
  [
    'an error of 1 MB',
    json((id) => ({ jsonrpc: '2.0', id, error: { code: -1, message: 'y'.repeat(1_048_576) } })),
    'There says: yyy',
  ],
  [
    'status 500',
    instead((response) => void response.writeHead(500).end('{"secret":1}')),
    'There responded with status 500.',
  ],
  ['a broken connection', instead((response) => void response.destroy()), ''],
  [
    'half an answer',
    instead((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
      response.write('{"jsonrpc":');
      response.destroy();
    }),
    '',
  ],
];
test.each(odd)(
  'an answer to a call that is %s: one sentence, and nothing else is harmed',
  async (_, how, begins) => {
    sessions.instead = how;
    const [problem, other] = await Promise.all([
      add().catch((error: unknown) => error),
      call('add', { a: 2, b: 3 }, beside),
    ]);
    expect(problem).toBeInstanceOf(Error);
    expect(says(problem).startsWith(begins)).toBe(true);
    expect(says(problem).length).toBeLessThan(600);
    expect(says(problem)).not.toMatch(/secret|undefined|\bat .*\.(ts|js)/);
    expect(other).toMatchObject({ structured: { sum: 5 } });
    sessions.instead = () => false;
    expect(await add()).toMatchObject({ structured: { sum: 5 } });
  },
);
test('how many odd answers were tried', () => {
  process.stdout.write(`MCP: ${odd.length} odd answers to a call, 2 older protocols\n`);
});

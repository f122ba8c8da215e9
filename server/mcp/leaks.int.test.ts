import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTools } from '@/server/tools/find-tools';
import { getMcpServer } from './get-server';
import { sendJson } from './testing/mcp-server';
import { actorIn, one, openMcpWorld, usual } from './testing/mcp-world';
import { openSessionServer } from './testing/session-server';

let mcp: Awaited<ReturnType<typeof openMcpWorld>>;
beforeAll(async () => {
  mcp = await openMcpWorld();
});
afterAll(() => mcp?.close());

test('a server that repeats the credentials in a failure, or in its name, shows them to nobody', async () => {
  const { ada } = mcp;
  const secret = 'TOP-SECRET-TOKEN-123456';
  await mcp.connect(ada, {
    ...{ name: 'secretly', kind: 'bearer', config: { hosts: [mcp.demo.host] }, secret },
    ...{ allowedWorkflowIds: null, allowedUserIds: null },
  } as never);
  const made = await mcp.add(ada, { name: 'Echo', connection: 'secretly' });
  mcp.demo.instead = (rpc, response) =>
    rpc.method === 'tools/list' &&
    sendJson(response, {
      ...{ jsonrpc: '2.0', id: rpc.id },
      error: {
        code: -32603,
        message: `The token ${String(rpc.headers.authorization)} has expired`,
      },
    });
  const refused = await mcp.refresh(ada, made.id).then(String, String);
  const shown = await getMcpServer(mcp.services, actorIn(ada, 'viewer'), one(made.id));
  // Without their schemas, which are no data.
  const tools = (await findTools(mcp.services, ada.workspaceId)).map(
    ({ name, title, description, trouble }) => ({ name, title, description, trouble }),
  );
  const { rows } = await mcp.services.pool.query('select * from mcp_server where id = $1', [
    made.id,
  ]);
  const places = [refused, JSON.stringify(shown), JSON.stringify(tools), JSON.stringify(rows)];
  expect(shown.problem).toContain('has expired');
  expect(JSON.stringify(tools)).toContain('has expired');
  for (const place of places) expect(place).not.toContain(secret);
  process.stdout.write(`places without the credentials: ${places.length}, with them: 0\n`);
  mcp.behave();
});

test('a server that does not answer the end of a session holds nobody up', async () => {
  const sessions = await openSessionServer(usual);
  const held: ServerResponse[] = [];
  sessions.instead = (rpc, response) => {
    if (rpc.method !== 'DELETE') return false;
    held.push(response);
    return true;
  };
  const made = await mcp.add(mcp.ada, { name: 'Hang', url: sessions.url });
  expect(made.name).toBe('Hang');
  expect(held.length).toBeGreaterThan(0);
  for (const response of held) response.writeHead(200).end();
  await sessions.close();
});

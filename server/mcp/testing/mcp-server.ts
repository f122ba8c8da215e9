import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { at } from '@/lib/values/unknown';

export type Rpc = {
  method: string;
  id: unknown;
  params: unknown;
  headers: Record<string, unknown>;
};

export type TestServer = {
  url: string;
  host: string;
  /** What it was asked, in order. */
  seen: Rpc[];
  /** Registers tools on each fresh server; replaced, the server has other tools from then on. */
  build: (server: McpServer) => void;
  /** Speaks the version before the newest alone. */
  legacy: boolean;
  /** Answers instead, as no proper server would; false: it does not. */
  instead: (rpc: Rpc, response: ServerResponse, incoming: IncomingMessage) => boolean;
  close(): Promise<void>;
};

/** A server of the official SDK over HTTP on this machine, which can be made to misbehave. */
export async function openMcpServer(build: TestServer['build']): Promise<TestServer> {
  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy());
  });
  const handler = createMcpHandler(() => {
    const fresh = new McpServer({ name: 'demo', version: '1.0.0' });
    opened.build(fresh);
    return fresh;
  });
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(incoming);
    const rpc: Rpc = {
      method: String(at(body, 'method') ?? incoming.method),
      id: at(body, 'id'),
      params: at(body, 'params'),
      headers: incoming.headers,
    };
    opened.seen.push(rpc);
    if (opened.instead(rpc, response, incoming)) return;
    if (opened.legacy && rpc.method === 'server/discover') {
      sendJson(response, {
        jsonrpc: '2.0',
        id: rpc.id,
        error: { code: -32601, message: 'Method not found' },
      });
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const request = new Request(`${opened.url}`, {
      method: incoming.method ?? 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const made = await handler.fetch(request);
    response.writeHead(made.status, Object.fromEntries(made.headers));
    response.end(Buffer.from(await made.arrayBuffer()));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const opened: TestServer = {
    ...{ url: `http://127.0.0.1:${port}/mcp`, host: `127.0.0.1:${port}`, seen: [], build },
    ...{ legacy: false, instead: () => false },
    async close() {
      await handler.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return opened;
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of incoming) text += part;
  return text === '' ? undefined : JSON.parse(text);
}

export function sendJson(response: ServerResponse, value: unknown, headers: object = {}): true {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
  return true;
}

/** Answers as a proper server of the version before the newest would, with this result for a method. */
export const saying =
  (method: string, result: unknown): TestServer['instead'] =>
  (rpc, response) => {
    if (rpc.method === method) return sendJson(response, { jsonrpc: '2.0', id: rpc.id, result });
    return false;
  };

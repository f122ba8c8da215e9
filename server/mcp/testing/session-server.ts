import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { at } from '@/lib/values/unknown';
import type { Rpc, TestServer } from './mcp-server';

export type SessionServer = Pick<TestServer, 'url' | 'seen' | 'instead' | 'build'> & {
  /** Sessions that were begun. */
  begun: number;
  /** Forgets all sessions, as a server does that was restarted. */
  forget(): void;
  close(): Promise<void>;
};

/** A server of the official SDK that keeps sessions and answers with streams, as those before 2026-07-28 do. */
export async function openSessionServer(build: TestServer['build']): Promise<SessionServer> {
  const transports = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const begin = async () => {
    const fresh = new McpServer(
      { name: 'sessions', version: '2.0.0' },
      { capabilities: { logging: {} } },
    );
    opened.build(fresh);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        opened.begun += 1;
        transports.set(id, transport);
      },
    });
    await fresh.connect(transport);
    return transport;
  };
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const part of incoming) text += part;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const method = String(at(body, 'method') ?? incoming.method);
    const rpc: Rpc = {
      ...{ method, id: at(body, 'id'), params: at(body, 'params'), headers: incoming.headers },
    };
    opened.seen.push(rpc);
    if (opened.instead(rpc, response, incoming)) return;
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const id = headers.get('mcp-session-id');
    const known = id === null ? undefined : transports.get(id);
    if (id !== null && known === undefined) return void response.writeHead(404).end();
    const transport = known ?? (await begin());
    const made = await transport.handleRequest(
      new Request(opened.url, {
        ...{ method: incoming.method ?? 'POST', headers },
        ...(text === '' ? {} : { body: text }),
      }),
    );
    response.writeHead(made.status, Object.fromEntries(made.headers));
    if (made.body === null) return void response.end();
    await pipeline(Readable.from(made.body), response);
  };
  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const opened: SessionServer = {
    ...{ url: `http://127.0.0.1:${port}/mcp`, seen: [], build, begun: 0, instead: () => false },
    forget: () => transports.clear(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return opened;
}

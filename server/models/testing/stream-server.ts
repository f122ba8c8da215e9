import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked: the path, and the body as it came. */
export type Question = { path: string; body: string; request: IncomingMessage };

/** A real model server on this machine, whose answers the test writes byte by byte. */
export async function serveStreams(
  answer: (response: ServerResponse, question: Question) => void | Promise<void>,
): Promise<{ origin: string; port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    await answer(response, { path: request.url ?? '', body, request });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

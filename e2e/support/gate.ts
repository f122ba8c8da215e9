import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Gate = {
  /** Answers at once. */
  quick: string;
  /** Answers when the gate is open. */
  slow: string;
  /** Idempotency keys or methods of the calls of an address so far, one entry a call. */
  calls(url: string): string[];
  open(): void;
  close(): Promise<void>;
};

/** A web server of the test, which says who asked and keeps callers waiting until it is told. */
export async function startGate(): Promise<Gate> {
  const opened = Promise.withResolvers<void>();
  const calls: { url: string; key: string }[] = [];
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'] ?? request.method);
    calls.push({ url: request.url ?? '', key });
    const ready = request.url === '/slow' ? opened.promise : Promise.resolve();
    void ready.then(() => {
      response.setHeader('content-type', 'application/json');
      response.end('{"factor":2}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  return {
    quick: at('/quick'),
    slow: at('/slow'),
    calls: (url) => calls.filter((call) => at(call.url) === url).map((call) => call.key),
    open: () => opened.resolve(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

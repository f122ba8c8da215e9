import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service outside the product that counts what steps do to it, by `run/step`. */
export async function openChaosEffects() {
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    const key = (request.url ?? '/').slice(1);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    const refused = key.endsWith('/flaky') && times === 1;
    const delayMs = key.endsWith('/slow') ? 300 : 5;
    setTimeout(() => {
      response.writeHead(refused ? 503 : 200, { 'content-type': 'application/json' });
      response.end('{}');
    }, delayMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

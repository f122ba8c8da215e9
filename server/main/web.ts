import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import next from 'next';
import { createServices } from '@/server/compose';
import { createGate } from '@/server/front/gate';
import { ensureOwner } from '@/server/people/ensure-owner';
import { isReachable, setUpCode } from '@/server/people/set-up-code';
import { readSetUp } from '@/server/people/set-up-owner';
import { attachRealtime } from '@/server/realtime/attach';
import { type Services, shareServices } from '@/server/services';
import { runProcess } from './process';

/** Pages, API and sockets on one port. */
await runProcess('web', async (config) => {
  const services = await createServices(config, 'web');
  shareServices(services);
  services.computation.warm();
  await ensureOwner(services);
  const app = next({
    dev: !config.production,
    dir: join(import.meta.dirname, '../..'),
    hostname: config.host,
    port: config.port,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const gate = createGate(services);
  const http = createServer((request, response) => {
    if (!gate(request, response)) return;
    handle(request, response).catch((error: unknown) => {
      services.log.error({ err: error, url: request.url }, 'a request failed');
      response.destroy();
    });
  });
  // Longer than clients and proxies keep an idle connection: one that ends as a request comes in fails that request.
  http.keepAliveTimeout = 75_000;
  const realtime = await attachRealtime(http, services);
  await listen(http, config.port, config.host, config.webProcesses > 1);
  await tellSetUpCode(services);
  return async () => {
    const closed = new Promise((resolve) => http.close(resolve));
    await realtime.close();
    http.closeIdleConnections();
    await Promise.race([closed, sleep(5000)]);
    http.closeAllConnections();
    await app.close();
    await services.close();
  };
});

/** The first account belongs to who started the product, not to who is the first to find it. */
async function tellSetUpCode(services: Services): Promise<void> {
  const { config } = services;
  if (!isReachable(config) || !(await readSetUp(services)).needed) return;
  const code = setUpCode(config);
  process.stdout.write(
    `To create the first account, open ${config.url}/setup?code=${code} (the set-up code is ${code}).\n`,
  );
}

/** With `shared`, several processes listen on one port and the kernel deals out the connections. */
function listen(http: Server, port: number, host: string, shared: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port, host, reusePort: shared }, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

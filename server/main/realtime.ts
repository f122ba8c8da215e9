import { createServer } from 'node:http';
import { createServices } from '@/server/compose';
import { attachRealtime } from '@/server/realtime/attach';
import { runProcess } from './process';

/** Sockets alone, without pages: for a deployment that scales them apart behind its own proxy. */
await runProcess('realtime', async (config) => {
  const services = await createServices(config, 'realtime');
  const http = createServer((request, response) => {
    const status = request.url === '/health' ? 200 : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? '{"status":"ok"}' : '{"error":{"code":"not_found"}}');
  });
  const realtime = await attachRealtime(http, services);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: config.port, host: config.host }, resolve);
  });
  return async () => {
    await realtime.close();
    http.closeAllConnections();
    await services.close();
  };
});
